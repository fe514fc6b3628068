// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

@Suite("I8: what a daemon left open is settled by the next one")
struct RecoveryTests {
    private func idle(_ name: String = "a") -> SimulatedNotebook {
        var notebook = SimulatedNotebook(name)
        notebook.work = [noon - .hours(2)..<noon - .minutes(40)]
        return notebook
    }

    /// The stops are decided here.
    private let deadline = noon + .minutes(20)

    private func resolutions(_ fleet: SimulatedFleet) -> [OpenIntent.Resolution] {
        fleet.reports.compactMap { if case .resolved(_, let resolution) = $0.report { resolution } else { nil } }
    }

    /// Kills the daemon before the first effect that fulfils the condition, for a minute.
    private func kill(_ fleet: SimulatedFleet, before condition: @escaping (EngineEffect) -> Bool) {
        fleet.faults.crash = { effect in
            fleet.generation == 0 && condition(effect) ? .minutes(1) : nil
        }
    }

    @Test func `a stop that went out and was never confirmed is found to have happened, and not done again`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [idle()])
        kill(fleet) { if case .confirm = $0 { true } else { false } }
        fleet.run(for: .hours(3))
        #expect(fleet.generation == 1)
        #expect(fleet.stops(of: "a").count == 1)
        #expect(resolutions(fleet) == [.happened])
        #expect(fleet.book.openIntents(before: 2).isEmpty)
    }

    @Test func `a stop whose call never went out is found not to have happened, and decided anew on fresh facts`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [idle()])
        kill(fleet) { if case .call = $0 { true } else { false } }
        fleet.run(for: .hours(3))
        #expect(resolutions(fleet) == [.notHappened])
        // Not before the new daemon has watched for the time of a cold start.
        let stop = fleet.stops(of: "a")
        #expect(stop.count == 1)
        #expect(stop.allSatisfy { $0 >= deadline + .minutes(6) && $0 <= deadline + .minutes(6) + .seconds(3) })
        #expect(fleet.book.openIntents(before: 2).isEmpty)
    }

    @Test func `D25: a user who came back while the daemon was down keeps the notebook`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [idle()])
        kill(fleet) { if case .call = $0 { true } else { false } }
        fleet.change("a") { $0.work.append(noon + .minutes(20) + .seconds(30)..<noon + .hours(9)) }
        fleet.run(for: .hours(3))
        #expect(resolutions(fleet) == [.notHappened])
        #expect(fleet.stops(of: "a").isEmpty)
    }

    @Test func `a renewal that was sent and never confirmed is found to have happened`() {
        let kept = SimulatedNotebook("kept-a", leaseLeft: .hours(1))
        let fleet = SimulatedFleet(Sample.policy(.keepAlive(KeepAlive())), [kept])
        kill(fleet) { if case .confirm = $0 { true } else { false } }
        fleet.run(for: .minutes(40))
        #expect(resolutions(fleet) == [.happened])
        #expect(fleet.renewals(of: "kept-a").count == 1)
    }

    @Test func `an intent about a notebook that was deleted meanwhile is settled as gone`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [idle(), SimulatedNotebook("b", age: .zero)])
        kill(fleet) { if case .call = $0 { true } else { false } }
        fleet.at(deadline + .seconds(20)) { $0.remove(NotebookID("id-a")) }
        fleet.run(for: .hours(1))
        #expect(resolutions(fleet) == [.gone])
    }

    @Test func `nothing is settled, and nothing begins on the notebook, until the cloud has been read`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), [idle()])
        kill(fleet) { if case .call = $0 { true } else { false } }
        fleet.faults.pagesBeforeListingFails = { $0 > noon + .minutes(20) && $0 < noon + .hours(1) ? 0 : nil }
        fleet.run(for: .minutes(50))
        #expect(resolutions(fleet).isEmpty)
        #expect(fleet.state.past.openIntents.count == 1)
        #expect(fleet.calls.isEmpty)
        fleet.run(for: .hours(1))
        #expect(resolutions(fleet) == [.notHappened])
        #expect(fleet.stops(of: "a").count == 1)
    }

    @Test func `I6: stops that were sent before a restart count in the window after it`() {
        let guards = GuardSettings(stops: GuardSettings.Stops(count: 2, percent: 0, within: .hours(2)))
        let notebooks = ["a", "b", "c"].enumerated().map { index, name in
            var notebook = SimulatedNotebook(name)
            notebook.work = [noon - .hours(2)..<noon - .minutes(40) + .minutes(index * 10)]
            return notebook
        }
        let fleet = SimulatedFleet(Sample.policy(Sample.idle(), guards: guards), notebooks)
        fleet.at(noon + .minutes(35)) { $0.crash(for: .seconds(10)) }
        fleet.run(for: .hours(1))
        #expect(fleet.calls.count == 2)
        #expect(fleet.holdsBegun.last == "held-too-many-stops")
    }

    @Test func `a mark counts from its first sight, not from the restart`() {
        let marked = Rule(name: "marked", match: Selector([.marked(true)]), outcome: .keepAlive(KeepAlive()))
        let policy = Sample.policy(rules: [marked, Rule(name: "others", outcome: Sample.idle())], marks: Sample.marks)
        var notebook = idle()
        notebook.tags["keep-alive"] = "true"
        let fleet = SimulatedFleet(policy, [notebook])
        fleet.promises.isProtected = { _ in false }
        for day in 1...13 { fleet.at(noon + .days(day)) { $0.crash(for: .seconds(10)) } }
        fleet.run(for: .days(14) - .minutes(1))
        #expect(fleet.stops(of: "a").isEmpty)
        fleet.run(for: .minutes(2))
        #expect(fleet.stops(of: "a").count == 1)
    }

    @Test func `D17: overdue work after a start is spread, not fired at once`() {
        let notebooks = (0..<5).map { idle("n\($0)") }
        let fleet = SimulatedFleet(Sample.policy(Sample.idle()), notebooks)
        fleet.at(noon + .minutes(19)) { $0.crash(for: .minutes(30)) }
        fleet.run(for: .hours(2))
        let stops = fleet.calls.map(\.at)
        #expect(stops.count == 5)
        for (first, second) in zip(stops, stops.dropFirst()) {
            #expect(second - first >= StopRelease.spacing && second - first <= StopRelease.spacing + .seconds(1))
        }
    }

    @Test func `runs and marks are in the ledger, and a new daemon says which of them go on`() {
        let fleet = SimulatedFleet(Sample.policy(Sample.idle(.hours(9)), marks: Sample.marks), [idle(), idle("b")])
        fleet.promises.budget = { _ in .hours(9) }
        fleet.change("b") { $0.tags["keep-alive"] = "true" }
        fleet.at(noon + .hours(1)) { $0.crash(for: .minutes(1)) }
        fleet.at(noon + .hours(2)) { fleet in fleet.change("a") { $0.restart(at: fleet.now) } }
        fleet.at(noon + .hours(3)) { fleet in fleet.change("a") { $0.stop(at: fleet.now) } }
        fleet.at(noon + .hours(3)) { fleet in fleet.change("b") { $0.tags = [:] } }
        fleet.run(for: .hours(4))
        let events = fleet.ledger.compactMap { entry in
            switch entry.event {
            case .runBegan(let notebook, let isStart): "\(notebook.name) runs\(isStart ? ", started" : "")"
            case .runEnded(let id): "\(id) ended"
            case .marked(let id, let mark): "\(id) marked \(mark.text)"
            case .markLifted(let id): "\(id) not marked"
            default: nil
            }
        }
        #expect(
            events == [
                "a runs", "b runs", "id-b marked true", "a runs", "b runs", "id-b marked true", "a runs, started",
                "id-a ended", "id-b not marked",
            ]
        )
    }
}
