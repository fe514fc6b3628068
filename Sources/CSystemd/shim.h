// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

// The parts of libsystemd that curfew uses, service notification and the journal, and how programs are started on Linux.
#ifndef CURFEW_CSYSTEMD_H
#define CURFEW_CSYSTEMD_H

#include <systemd/sd-daemon.h>
#include <systemd/sd-journal.h>

#include <grp.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <unistd.h>

// Functions of the GNU C library (2.34 and later) that its headers show to those who ask for its extensions only.
extern int pipe2(int ends[2], int flags);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);
extern int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
extern int getgrouplist(const char *user, gid_t group, gid_t *groups, int *count);

// A descriptor that becomes readable when the process ends (pidfd_open(2), Linux 5.3). The C library's own function for
// it is younger than the oldest C library that curfew runs with.
static inline int curfew_pidfd_open(int pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

#endif
