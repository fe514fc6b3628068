// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What happens to a thread that writes into a pipe which nobody reads.
enum BrokenPipes {
    /// Lets such a write fail instead of ending the whole daemon (SIGPIPE, pipe(7)), for the rest of this thread's life.
    static func ignoreInThisThread() {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
