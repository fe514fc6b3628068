// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

/// What tests ask a simulation.
extension SimulatedFleet {
    func id(_ name: String) -> NotebookID { NotebookID("id-\(name)") }

    /// When stops of the notebook were sent.
    func stops(of name: String) -> [Timestamp] {
        calls.filter { $0.id.notebook == id(name) && $0.order.isStop }.map(\.at)
    }

    /// When its lease was prolonged.
    func renewals(of name: String) -> [Timestamp] {
        calls.filter { $0.id.notebook == id(name) && !$0.order.isStop }.map(\.at)
    }

    func looks(at name: String) -> [Timestamp] { looks.filter { $0.notebook == id(name) }.map(\.at) }

    /// How the actions on it ended.
    func outcomes(of name: String) -> [ActionAttempt.Outcome] {
        reports.compactMap { _, report in
            if case .ended(_, let notebook, let outcome) = report, notebook.id == id(name) { outcome } else { nil }
        }
    }

    /// When it was warned.
    func warnings(of name: String) -> [Timestamp] {
        reports.compactMap { at, report in
            if case .warned(_, let notebook, _) = report, notebook.id == id(name) { at } else { nil }
        }
    }

    /// When a source was reported to be silent about it.
    func silenceReports(of name: String) -> [(at: Timestamp, silence: SourceSilence, isOptional: Bool)] {
        reports.compactMap { at, report in
            if case .sourceSilent(let notebook, let silence, let isOptional) = report, notebook.id == id(name) {
                (at, silence, isOptional)
            } else {
                nil
            }
        }
    }

    /// The reports of many silent notebooks.
    var silentNotebooks: [(at: Timestamp, many: SilentNotebooks)] {
        reports.compactMap { at, report in
            if case .silentNotebooks(let many) = report { (at, many) } else { nil }
        }
    }

    func stuckReports(of name: String) -> [Timestamp] {
        reports.compactMap { at, report in
            if case .becameStuck(_, let notebook, _) = report, notebook.id == id(name) { at } else { nil }
        }
    }

    /// The decisions that were told about it.
    func decisions(about name: String) -> [Decision] {
        reports.compactMap { _, report in
            if case .decided(let decision, let notebook, _) = report, notebook.id == id(name) { decision } else { nil }
        }
    }

    var vanished: [String] {
        reports.compactMap { _, report in
            if case .vanished(let notebook) = report { notebook.name } else { nil }
        }
    }

    /// The codes of the holds that began, in order.
    var holdsBegun: [String] {
        reports.compactMap { _, report in
            if case .holdBegan(let hold) = report { hold.code } else { nil }
        }
    }

    var holdsEnded: [String] {
        reports.compactMap { _, report in
            if case .holdEnded(let hold) = report { hold.code } else { nil }
        }
    }

    /// What the daemon believes.
    func tracked(_ name: String) -> TrackedNotebook? { state.notebooks[id(name)] }
}

extension SimulatedFleet {
    /// A fleet whose broken promises are issues of the test that runs.
    convenience init(
        _ policy: Policy,
        _ notebooks: [SimulatedNotebook],
        seed: UInt64 = 1,
        settings: EngineSettings = EngineSettings()
    ) {
        self.init(policy, notebooks, seed: seed, settings: settings) { Issue.record("\($0)") }
    }
}

/// Holds that an instant lies within a second behind another one, and not before it.
func expectWithinASecond(
    _ instant: Timestamp?,
    of deadline: Timestamp,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let instant else {
        Issue.record("nothing happened at \(deadline)", sourceLocation: sourceLocation)
        return
    }
    #expect(instant >= deadline, sourceLocation: sourceLocation)
    #expect(instant <= deadline + .seconds(1), sourceLocation: sourceLocation)
}
