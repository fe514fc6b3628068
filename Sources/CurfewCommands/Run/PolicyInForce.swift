// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Synchronization

/// The policy that was last given to the loop, for those outside it.
final class PolicyInForce: Sendable {
    private let state: Mutex<Policy>

    init(_ policy: Policy) {
        state = Mutex(policy)
    }

    var policy: Policy { state.withLock { $0 } }

    func take(_ policy: Policy) {
        state.withLock { $0 = policy }
    }
}
