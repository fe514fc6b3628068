// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

struct NotebookStatusTests {
    private static let documented = [
        "INIT", "CREATING", "STARTING", "STOPPING", "DELETING", "RUNNING", "STOPPED", "SNAPSHOTTING", "CREATE_FAILED",
        "START_FAILED", "DELETE_FAILED", "ERROR", "DELETED", "FROZEN",
    ]

    @Test(arguments: documented)
    func `each documented word is read in any case and written as it is`(word: String) {
        let status = NotebookStatus(word: word)
        #expect(status.description == word)
        #expect(NotebookStatus(word: word.lowercased()) == status)
        #expect(status != .unrecognized(word))
    }

    @Test(arguments: ["", "PAUSED", "RUNNING ", "running!", "ＲＵＮＮＩＮＧ"])
    func `an unheard-of word is kept as it is, and is not running`(word: String) {
        let status = NotebookStatus(word: word)
        #expect(status == .unrecognized(word))
        #expect(status.description == word)
        #expect(!status.isRunning)
        #expect(!status.isStoppedOrStopping)
    }

    @Test(arguments: documented)
    func `only RUNNING runs, and only what has ended or is ending counts as stopped`(word: String) {
        let status = NotebookStatus(word: word)
        #expect(status.isRunning == (word == "RUNNING"))
        #expect(status.isStoppedOrStopping == ["STOPPING", "STOPPED", "DELETING", "DELETED"].contains(word))
    }

    @Test(arguments: documented)
    func `a notebook that is not RUNNING is left, whatever the rules`(word: String) {
        let status = NotebookStatus(word: word)
        guard !status.isRunning else { return }
        let record = NotebookRecord(Sample.notebook(status), readAt: noon, marks: nil)
        for outcome in [Outcome.stop(warn: nil), Sample.idle(), .keepAlive(KeepAlive()), .exempt] {
            let decision = Planner.decide(record, policy: Sample.policy(outcome), now: noon)
            #expect(decision.action == .leave)
            #expect(decision.reasons == [.notRunning(status)])
            #expect(decision.probe == nil)
            #expect(decision.nextReview == nil)
        }
    }
}
