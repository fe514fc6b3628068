// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

extension ServiceFailure {
    /// What the failure means for the next step of an action.
    var problem: ActionAttempt.Problem {
        switch kind {
        case .gone: ActionAttempt.Problem(.gone, description)
        case .alreadyDone, .outcomeUnknown: ActionAttempt.Problem(.unclear, description)
        case .throttled(let pause): ActionAttempt.Problem(.temporary(atLeast: pause), description)
        case .permission, .rejected: ActionAttempt.Problem(.lasting, description)
        case .busy, .lapsed, .transient, .unintelligible, .authentication, .authenticationPaused, .clockSkew:
            ActionAttempt.Problem(.temporary(atLeast: nil), description)
        }
    }
}
