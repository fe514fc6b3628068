// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

struct ServiceFailureTests {
    @Test(
        arguments: [
            (ServiceFailure.Kind.gone, ActionAttempt.Problem.Kind.gone), (.alreadyDone, .unclear),
            (.outcomeUnknown, .unclear), (.throttled(retryAfter: .seconds(3)), .temporary(atLeast: .seconds(3))),
            (.throttled(retryAfter: nil), .temporary(atLeast: nil)), (.permission(action: "x"), .lasting),
            (.rejected, .lasting), (.busy, .temporary(atLeast: nil)), (.transient, .temporary(atLeast: nil)),
            (.unintelligible, .temporary(atLeast: nil)), (.authentication, .temporary(atLeast: nil)),
            (.authenticationPaused(until: noon), .temporary(atLeast: nil)),
            (.clockSkew(.seconds(9)), .temporary(atLeast: nil)),
        ] as [(ServiceFailure.Kind, ActionAttempt.Problem.Kind)]
    )
    func `each failure says what it means for the next step`(
        kind: ServiceFailure.Kind,
        problem: ActionAttempt.Problem.Kind
    ) {
        #expect(Sample.failure(kind).problem.kind == problem)
    }

    @Test func `a failure is one line that says what was done, what happened and where to ask`() {
        let failure = ServiceFailure(
            .busy,
            doing: "stopping notebook n",
            explanation: "another operation runs",
            status: 400,
            code: "ModelArts.6357",
            requestID: "r-1"
        )
        #expect(
            failure.description == "stopping notebook n: another operation runs (HTTP 400, ModelArts.6357, request r-1)"
        )
        let bare = ServiceFailure(.transient, doing: "listing", explanation: "connection reset")
        #expect(bare.description == "listing: connection reset")
    }
}
