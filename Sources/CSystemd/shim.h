// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

// The parts of libsystemd that curfew uses: service notification and the journal.
#ifndef CURFEW_CSYSTEMD_H
#define CURFEW_CSYSTEMD_H

#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>

#endif
