// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import ControlProtocol
import CurfewCore
import FoundationEssentials
import TestSupport
import Testing

@testable import CurfewCommands
@testable import CurfewEngine

struct DaemonExplanationTests {
    private static let noon = SampleDecision.noon

    private static func policy() -> Policy {
        Policy(
            mode: .enforce,
            service: ServiceSettings(endpoint: "https://modelarts.example.com", projectID: "p"),
            rules: [Rule(name: "all", outcome: .stop(warn: nil))]
        )
    }

    /// A board that shows two notebooks of one name, seen at noon.
    private static func board(_ policy: Policy = policy()) -> SnapshotBoard {
        var state = EngineState(policy: policy, seed: 1, now: noon)
        _ = state.handle(.tick, now: noon)
        let notebooks = ["aa1", "aa2"].map { SampleDecision.notebook($0) }
        _ = state.handle(.page(notebooks, sweep: 1, readAt: noon), now: noon)
        let board = SnapshotBoard()
        board.publish(state.snapshot(now: noon))
        return board
    }

    private func explanation(_ board: SnapshotBoard, _ directory: String = "/nonexistent") -> DaemonExplanation {
        DaemonExplanation(
            board: board,
            policyPath: "policy.yaml",
            stateDirectory: directory,
            time: ManualTime(now: Self.noon + .seconds(60))
        )
    }

    @Test
    func `I13, I14: the present is explained from the board, with the holds that stand, also without a ledger`() throws
    {
        let document = try explanation(Self.board()).document(of: NotebookReference("aa1"), at: nil)
        #expect(document.rule == "all")
        #expect(document.action == "leave")
        #expect(document.reasons.map(\.code) == ["held-cold-start", "stop-rule"])
        #expect(document.holds.map(\.code) == ["held-cold-start"])
        #expect(document.source == "daemon")
        #expect(document.recorded == nil)
    }

    @Test
    func `a name that several have is told with all of them, and one that none has is unknown`() throws {
        let explanation = explanation(Self.board())
        for (name, count) in [("trainer", 2), ("aa", 2), ("bb", 0)] {
            let failure = #expect(throws: LedgerExplanation.Failure.self) {
                try explanation.document(of: NotebookReference(name), at: nil)
            }
            switch failure {
            case .unresolved(.ambiguous(_, let candidates, _)): #expect(candidates.count == count)
            case .unresolved(.unknown): #expect(count == 0)
            case .notRecorded, nil: Issue.record("\(name)")
            }
        }
    }

    @Test
    func `before its first look, and of the future, the daemon explains nothing`() {
        #expect(throws: DaemonExplanation.Failure.notReady) {
            try explanation(SnapshotBoard()).document(of: NotebookReference("aa1"), at: nil)
        }
        #expect(throws: DaemonExplanation.Failure.future) {
            try explanation(Self.board()).document(of: NotebookReference("aa1"), at: Self.noon + .seconds(61))
        }
    }

    @Test
    func `a past instant comes from the ledger, a notebook that is gone since included`() async throws {
        try await withTemporaryFolder { folder in
            let lock = try StateDirectoryLock(directory: folder.path(), now: Self.noon)
            let ledger = try SQLiteLedger.open(under: lock, now: Self.noon) { Issue.record("\($0)") }.ledger
            var gone = SampleDecision.notebook("gone", name: "gone")
            gone.access = nil
            try await ledger.record([
                LedgerEntry(at: Self.noon, .seen(gone)), LedgerEntry(at: Self.noon, .runBegan(gone, isStart: true)),
                LedgerEntry(at: Self.noon + .seconds(40), .vanished(gone.id)),
            ])
            let explanation = explanation(Self.board(), folder.path())
            let document = try explanation.document(of: NotebookReference("gone"), at: Self.noon + .seconds(30))
            #expect(document.action == "stop")
            #expect(document.source == "ledger")
            #expect(document.recorded?.watched == true)
            #expect(throws: LedgerExplanation.Failure.notRecorded) {
                try explanation.document(of: NotebookReference("gone"), at: Self.noon - .seconds(30))
            }
            try ledger.close()
        }
    }
}
