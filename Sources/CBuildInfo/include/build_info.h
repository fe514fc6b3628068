// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

// What the program was built from. Numbers, because a Swift target can be given no values at build time, and because
// texts of C cannot be read without unsafe code.
#ifndef CURFEW_BUILD_INFO_H
#define CURFEW_BUILD_INFO_H

#include <stdbool.h>
#include <stdint.h>

// The first twelve hexadecimal digits of the commit; 0 when nobody said.
uint64_t curfew_build_commit(void);
// When it was committed, in seconds since 1970; 0 when nobody said.
int64_t curfew_build_commit_date(void);
// Whether the files differed from it.
bool curfew_build_has_changes(void);

#endif
