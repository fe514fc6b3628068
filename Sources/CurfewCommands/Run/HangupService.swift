// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ServiceLifecycle
import UnixSignals

/// Reloads the policy at each SIGHUP.
struct HangupService: Service {
    /// Must trap SIGHUP already.
    let hangups: UnixSignalsSequence
    let reloader: PolicyReloader

    func run() async {
        for await _ in hangups.cancelOnGracefulShutdown() { _ = await reloader.reload() }
    }
}
