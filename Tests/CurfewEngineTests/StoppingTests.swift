// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import Testing

@Suite struct StoppingTests {
    @Test func `I4: the stop goes out within a second of its deadline, between two sweeps`() throws {
        var rig = EngineRig(.sample(), [.sample("a", idle: .seconds(3_570))])
        rig.run(until: .after(600))
        let stop = try #require(rig.stops.first)
        #expect(rig.stops.count == 1)
        #expect(stop.at >= .after(30))
        #expect(stop.at <= .after(31))
    }

    @Test func `D12: a user who comes back between decision and stop is not stopped`() {
        var rig = EngineRig(.sample(), [.sample("a", idle: .seconds(3_570))])
        // The look before the deadline still sees nobody; the one after the decision does.
        rig.at(.after(29.99)) { fleet, now in fleet.notebooks[NotebookID("a")]?.lastActivity = now }
        rig.run(until: .after(3_000))
        #expect(rig.stops.isEmpty)
        #expect(rig.count { if case .ended(_, _, .overtaken) = $0 { true } else { false } } >= 1)
    }

    @Test func `I2 D1 D2 D3: evidence that goes dark never stops, however long`() {
        var rig = EngineRig(.sample(), [.sample("a")])
        rig.at(.after(60)) { fleet, _ in fleet.notebooks[NotebookID("a")]?.lastActivity = nil }
        rig.run(until: .after(200_000))
        #expect(rig.stops.isEmpty)
        #expect(rig.looks.count > 10)
    }

    @Test func `D5: a notebook that stays dark for half an hour is reported once, and again after it was light`() {
        var rig = EngineRig(.sample(), [.sample("a", idle: .seconds(3_600))])
        rig.fleet.notebooks[NotebookID("a")]?.lastActivity = nil
        func darkReports(_ rig: EngineRig) -> Int { rig.count { if case .dark = $0 { true } else { false } } }
        rig.run(until: .after(1_500))
        #expect(darkReports(rig) == 0)
        rig.run(until: .after(20_000))
        #expect(darkReports(rig) == 1)
    }

    @Test func `D19 D11: a notebook started anew gets its whole budget, whatever its age and its old activity`() throws
    {
        var rig = EngineRig(.sample(), [.sample("a", idle: .seconds(1_000))])
        rig.at(.after(300)) { fleet, _ in fleet.notebooks[NotebookID("a")]?.notebook.status = .stopped }
        rig.at(.after(600)) { fleet, now in
            fleet.notebooks[NotebookID("a")]?.notebook.status = .running
            fleet.notebooks[NotebookID("a")]?.serverStartedAt = now
        }
        rig.run(until: .after(20_000))
        let stop = try #require(rig.stops.first)
        #expect(stop.at >= .after(600 + 3_600))
        #expect(stop.at <= .after(600 + 3_600 + 61))
    }

    @Test func `a rotated token tells a restart that nobody saw`() {
        var rig = EngineRig(.sample(), [.sample("a", idle: .seconds(3_500))])
        rig.at(.after(50)) { fleet, _ in
            fleet.notebooks[NotebookID("a")]?.notebook.access?.token = Secret("another")
        }
        rig.run(until: .after(3_000))
        #expect(rig.stops.isEmpty)
    }

    @Test func `I1: a mark that appears before the stop keeps the notebook`() {
        var rig = EngineRig(
            .sample([.kept(Selector([.marked(true)])), .idle()]),
            [.sample("a", idle: .seconds(3_500))]
        )
        rig.at(.after(70)) { fleet, _ in fleet.notebooks[NotebookID("a")]?.notebook.tags = ["keep-alive": "true"] }
        rig.run(until: .after(99))
        #expect(rig.stops.isEmpty)
        rig.run(until: .after(100_000))
        #expect(rig.stops.isEmpty)
    }

    @Test func `a warning comes its time before the deadline, and the stop keeps to the deadline`() throws {
        var rig = EngineRig(.sample([.idle(warn: .seconds(600))]), [.sample("a", idle: .seconds(2_000))])
        rig.run(until: .after(5_000))
        let warning = try #require(rig.reports.first { if case .warned = $0.report { true } else { false } })
        #expect(warning.at >= .after(1_000) && warning.at <= .after(1_001))
        #expect(rig.count { if case .warned = $0 { true } else { false } } == 1)
        let stop = try #require(rig.stops.first)
        #expect(stop.at >= .after(1_600) && stop.at <= .after(1_601))
    }

    @Test func `D15: a warning that could not be given in time puts the stop off by its whole time`() throws {
        var rig = EngineRig(.sample([.idle(warn: .seconds(600))]), [.sample("a", idle: .seconds(9_000))])
        rig.run(until: .after(5_000))
        let warning = try #require(rig.reports.first { if case .warned = $0.report { true } else { false } })
        let stop = try #require(rig.stops.first)
        #expect(stop.at - warning.at >= .seconds(600))
        #expect(stop.at - warning.at <= .seconds(601))
    }

    @Test func `somebody who works again after the warning is warned again before the stop`() {
        var rig = EngineRig(.sample([.idle(warn: .seconds(600))]), [.sample("a", idle: .seconds(3_000))])
        rig.at(.after(300)) { fleet, now in fleet.notebooks[NotebookID("a")]?.lastActivity = now }
        rig.run(until: .after(3_850))
        #expect(rig.stops.isEmpty)
        rig.run(until: .after(4_000))
        #expect(rig.stops.count == 1)
        #expect(rig.count { if case .warned = $0 { true } else { false } } == 2)
    }

    @Test func `probing only when it can matter: about one look per notebook and budget`() {
        let notebooks = (0..<100).map { number in
            var model = ModelNotebook.sample("nb-\(number)")
            model.isBusy = true
            return model
        }
        var rig = EngineRig(.sample(), notebooks)
        rig.run(until: .after(10 * 3_600))
        #expect(rig.stops.isEmpty)
        #expect(rig.looks.count >= 900)
        #expect(rig.looks.count <= 1_200)
        // Sweeps, looks and ticks together: no loop that spins.
        #expect(rig.turns < 10_000)
    }
}
