// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

#include "build_info.h"

#ifndef CURFEW_COMMIT
#define CURFEW_COMMIT 0
#endif
#ifndef CURFEW_COMMIT_DATE
#define CURFEW_COMMIT_DATE 0
#endif
#ifndef CURFEW_COMMIT_CHANGED
#define CURFEW_COMMIT_CHANGED 0
#endif

uint64_t curfew_build_commit(void) { return CURFEW_COMMIT; }

int64_t curfew_build_commit_date(void) { return CURFEW_COMMIT_DATE; }

bool curfew_build_has_changes(void) { return CURFEW_COMMIT_CHANGED; }
