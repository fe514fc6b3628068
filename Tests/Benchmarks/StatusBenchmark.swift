// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCommands
import CurfewCore
import CurfewEngine
import Foundation

/// The way from the loop's state to what a client reads, without the socket between.
enum StatusBenchmark {
    /// Milliseconds of wall time, each for the whole fleet.
    struct Figures {
        var notebooks: Int
        /// The loop makes a snapshot after everything, and after a hundredth, has changed.
        var snapshot: (all: Double, few: Double)
        /// A reader makes the table from views that nobody has read, and from those that somebody has.
        var table: (first: Double, again: Double)
        var document: (first: Double, again: Double)
        /// A client reads the table.
        var decoding: Double

        var text: String {
            func shown(_ number: Double) -> String { String(format: "%.1f", number) }
            return "status of \(notebooks) notebooks: snapshot \(shown(snapshot.all)) ms, a hundredth of it "
                + "\(shown(snapshot.few)) ms; table \(shown(table.first)) ms, again \(shown(table.again)) ms, "
                + "read \(shown(decoding)) ms; document \(shown(document.first)) ms, again \(shown(document.again)) ms "
                + "(to reach at 10000: table and reading together <= 120 ms)"
        }
    }

    private static let source = EvidenceName("jupyter")
    private static let begin = Timestamp(milliseconds: 1_772_438_400_000)

    static func figures(notebooks count: Int) throws -> Figures {
        var state = EngineState(policy: policy, seed: 1, now: begin)
        let notebooks = (0..<count).map(notebook)
        _ = state.handle(.tick, now: begin)
        for start in stride(from: 0, to: count, by: 50) {
            let page = Array(notebooks[start..<min(count, start + 50)])
            _ = state.handle(.page(page, sweep: 1, readAt: begin), now: begin)
        }
        _ = state.handle(.listed(sweep: 1, failure: nil), now: begin + .seconds(1))
        _ = state.snapshot(now: begin + .seconds(1))
        look(notebooks, &state, at: begin + .seconds(2))
        var snapshot = state.snapshot(now: begin + .seconds(3))
        look(notebooks, &state, at: begin + .seconds(4))
        let all = time { snapshot = state.snapshot(now: begin + .seconds(5)) }
        look(Array(notebooks.prefix(count / 100)), &state, at: begin + .seconds(6))
        let few = time { snapshot = state.snapshot(now: begin + .seconds(7)) }
        let content = StatusContent(version: "benchmark", policyPath: "policy.yaml")
        var bytes: [UInt8] = []
        let document = (
            first: try time { bytes = try content.json(snapshot, .full) },
            again: try time { bytes = try content.json(snapshot, .full) }
        )
        let table = (
            first: try time { bytes = try content.json(snapshot, .table) },
            again: try time { bytes = try content.json(snapshot, .table) }
        )
        var rows = 0
        let decoding = try time {
            let answer = try JSONDecoder().decode(StatusTableDocument.self, from: Data(bytes))
            rows = answer.rows.count { StatusTableRow($0) != nil }
        }
        guard rows == count else { throw Broken(text: "the table is not complete") }
        return Figures(
            notebooks: count,
            snapshot: (all, few),
            table: table,
            document: document,
            decoding: decoding
        )
    }

    private static func time(_ body: () throws -> Void) rethrows -> Double {
        let begin = ContinuousClock.now
        try body()
        return (ContinuousClock.now - begin) / .milliseconds(1)
    }

    private static func look(_ notebooks: [Notebook], _ state: inout EngineState, at now: Timestamp) {
        for notebook in notebooks {
            let look = Observation(
                source: source,
                activity: .idle(since: begin - .seconds(600)),
                observedAt: now,
                detail: "1 kernel idle"
            )
            _ = state.handle(.looked(notebook.id, [look]), now: now)
        }
    }

    private static var policy: Policy {
        let use = EvidenceRequirement.Use(source: source)
        let idle = IdleBudget(budget: .seconds(3_600), evidence: EvidenceRequirement(sources: [use]))
        return Policy(
            mode: .enforce,
            service: ServiceSettings(endpoint: "https://modelarts.example.com", projectID: "p"),
            evidence: [EvidenceSource(name: source, kind: .jupyter(JupyterSettings()))],
            rules: [Rule(name: "everyone else", outcome: .idle(idle))]
        )
    }

    private static func notebook(_ number: Int) -> Notebook {
        Notebook(
            id: NotebookID(UUID().uuidString.lowercased()),
            name: "notebook-\(number)",
            status: .running,
            owner: Notebook.Owner(name: "user-\(number % 100)"),
            flavor: "modelarts.vm.gpu.v100",
            lease: .known(
                Lease(
                    isEnabled: true,
                    kind: .timing,
                    createdAt: begin - .seconds(7_200),
                    duration: .seconds(14_400),
                    updatedAt: begin
                )
            ),
            updatedAt: begin - .seconds(7_200)
        )
    }
}
