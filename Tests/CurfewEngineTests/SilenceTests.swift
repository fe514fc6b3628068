// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("D5: a source that cannot tell for long is told once, and shown")
struct SilenceTests {
    private func dark(
        _ policy: Policy = Sample.policy(Sample.idle()),
        _ notebooks: [SimulatedNotebook] = [SimulatedNotebook("a")],
        while isDark: @escaping (EvidenceName, Timestamp) -> Bool = { _, _ in true }
    ) -> SimulatedFleet {
        let fleet = SimulatedFleet(policy, notebooks)
        fleet.faults.look = { _, source, now in isDark(source, now) ? .unreachable("timeout") : nil }
        return fleet
    }

    private func view(_ fleet: SimulatedFleet, _ name: String = "a") -> NotebookView? {
        fleet.state.snapshot(now: fleet.now).notebooks.first { $0.record.notebook.id == fleet.id(name) }
    }

    private let both = [
        EvidenceRequirement.Use(source: Sample.jupyter),
        EvidenceRequirement.Use(source: Sample.accelerator, isOptional: true),
    ]

    @Test func `it is told once, half an hour after the first look in vain`() throws {
        let fleet = dark()
        fleet.run(for: .hours(24))
        let reports = fleet.silenceReports(of: "a")
        #expect(reports.count == 1)
        let report = try #require(reports.first)
        #expect(report.silence.source == Sample.jupyter)
        #expect(report.silence.why == .unreachable("timeout"))
        #expect(!report.isOptional)
        let lasted = report.at - report.silence.since
        #expect(lasted >= .minutes(30) && lasted <= .minutes(36))
    }

    @Test func `the policy says after how long`() throws {
        var policy = Sample.policy(Sample.idle())
        policy.evidence[0].unknownAfter = .hours(3)
        let fleet = dark(policy)
        fleet.run(for: .hours(24))
        let report = try #require(fleet.silenceReports(of: "a").first)
        let lasted = report.at - report.silence.since
        #expect(lasted >= .hours(3) && lasted <= .hours(3) + .minutes(6))
    }

    @Test func `it is told once even where the lease is prolonged meanwhile`() {
        let policy = Sample.policy(Sample.idle(whileActive: .prolong))
        let fleet = dark(policy, [SimulatedNotebook("a", leaseLeft: .hours(1))])
        fleet.run(for: .hours(24))
        #expect(fleet.renewals(of: "a").count > 10)
        #expect(fleet.silenceReports(of: "a").count == 1)
    }

    @Test func `one that speaks and falls silent again is told again`() {
        let light = noon + .hours(2)..<noon + .hours(2) + .minutes(10)
        let fleet = dark(while: { _, now in !light.contains(now) })
        fleet.change("a") { $0.work = [noon - .days(1)..<noon + .days(1)] }
        fleet.run(for: .hours(5))
        #expect(fleet.silenceReports(of: "a").count == 2)
    }

    @Test func `one that speaks before its time is up is not told`() {
        let fleet = dark(while: { _, now in now < noon + .minutes(25) })
        fleet.change("a") { $0.work = [noon - .days(1)..<noon + .days(1)] }
        fleet.run(for: .hours(5))
        #expect(fleet.silenceReports(of: "a").isEmpty)
    }

    @Test func `a new run of the notebook begins anew`() {
        let fleet = dark()
        fleet.at(noon + .hours(3)) { $0.change("a") { $0.restart(at: noon + .hours(3)) } }
        fleet.run(for: .hours(6))
        #expect(fleet.silenceReports(of: "a").count == 2)
    }

    @Test func `an optional source that never speaks is told, and the others decide`() throws {
        let notebook = SimulatedNotebook("a", age: .minutes(2))
        var worker = notebook
        worker.work = [noon..<noon + .hours(5)]
        let fleet = dark(
            Sample.policy(Sample.idle(sources: both)),
            [worker],
            while: { source, _ in source == Sample.accelerator }
        )
        fleet.promises.optionalSources = { _ in [Sample.accelerator] }
        fleet.run(for: .hours(8))
        let reports = fleet.silenceReports(of: "a")
        #expect(reports.map(\.silence.source) == [Sample.accelerator])
        #expect(reports.first?.isOptional == true)
        #expect(fleet.stops(of: "a").count == 1)
    }

    @Test func `D18: answers that are old when they come are told as well`() throws {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [SimulatedNotebook("a")])
        fleet.run(until: noon + .minutes(1))
        var state = fleet.state
        var told: [SourceSilence] = []
        for minute in 2...50 {
            let now = noon + .minutes(minute)
            let look = Observation(
                source: Sample.jupyter,
                activity: .idle(since: noon - .hours(1)),
                observedAt: now - .seconds(31)
            )
            for effect in state.handle(.looked(fleet.id("a"), [look]), now: now) {
                if case .report(.sourceSilent(_, let silence, _)) = effect { told.append(silence) }
            }
        }
        #expect(told.map(\.why) == [.stale])
    }

    @Test func `a source that is down for the whole fleet is a few lines, not one for each notebook`() throws {
        let notebooks = (0..<500).map { SimulatedNotebook("n\($0)") }
        let fleet = dark(Sample.policy(Sample.idle()), notebooks)
        fleet.run(for: .hours(6))
        let alone = notebooks.reduce(0) { $0 + fleet.silenceReports(of: $1.name).count }
        let together = fleet.silentNotebooks.map(\.many)
        #expect(alone + together.reduce(0) { $0 + $1.count } == 500)
        #expect(alone + together.count < 60)
        let many = try #require(together.max { $0.count < $1.count })
        #expect(many.names.count == 3)
        #expect(many.source == Sample.jupyter)
    }

    @Test func `the snapshot shows what is silent, since when and why`() {
        let fleet = dark(while: { _, now in now < noon + .hours(2) })
        fleet.change("a") { $0.work = [noon - .days(1)..<noon + .days(1)] }
        fleet.run(until: noon + .hours(1) + .minutes(58))
        #expect(view(fleet)?.silences.map(\.source) == [Sample.jupyter])
        #expect(view(fleet)?.silences.map(\.isTold) == [true])
        fleet.run(until: noon + .hours(4))
        #expect(view(fleet)?.silences.isEmpty == true)
    }

    @Test func `a source that a new policy describes otherwise begins anew, another one does not`() {
        let fleet = dark()
        fleet.run(until: noon + .hours(3))
        var next = Sample.policy(Sample.idle())
        next.evidence.append(EvidenceSource(name: Sample.accelerator, kind: .jupyter(JupyterSettings())))
        var state = fleet.state
        _ = state.handle(.reload(next), now: fleet.now)
        #expect(state.notebooks[fleet.id("a")]?.silences.count == 1)
        next.evidence[0].kind = .jupyter(JupyterSettings(timeout: .seconds(9)))
        _ = state.handle(.reload(next), now: fleet.now)
        #expect(state.notebooks[fleet.id("a")]?.silences.isEmpty == true)
    }
}
