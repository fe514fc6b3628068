// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import Testing

@Suite struct FleetTests {
    private func overdue(_ count: Int) -> [ModelNotebook] {
        (0..<count).map { .sample("nb-\($0)", idle: .seconds(7_200)) }
    }

    private func holds(_ rig: EngineRig) -> [String] {
        rig.reports.compactMap { entry in
            if case .holdBegan(let hold) = entry.report { hold.code } else { nil }
        }
    }

    @Test func `I7: observe decides and never sends, even after hours`() {
        var rig = EngineRig(.sample(mode: .observe, [.kept(Selector([.id([])])), .idle()]), overdue(5))
        rig.run(until: .after(20_000))
        #expect(rig.fleet.requests.isEmpty)
        #expect(rig.ledger.isEmpty)
        let due = rig.count {
            if case .decided(let decision, _, .observe) = $0 { decision.action == .stop } else { false }
        }
        #expect(due == 5)
    }

    @Test func `D9: a listing that fails halfway makes nothing vanish and no notebook unwatched`() {
        var rig = EngineRig(
            .sample(),
            overdue(4).map { model in
                var model = model
                model.isBusy = true
                return model
            }
        )
        rig.run(until: .after(30))
        rig.fleet.listingFailures = [.sample(.transient)]
        rig.run(until: .after(100))
        #expect(rig.count { if case .vanished = $0 { true } else { false } } == 0)
        #expect(rig.count { if case .sweepFailed = $0 { true } else { false } } == 1)
        rig.fleet.notebooks[NotebookID("nb-0")] = nil
        rig.run(until: .after(200))
        #expect(rig.count { if case .vanished = $0 { true } else { false } } == 1)
    }

    @Test func `I10 D13: a slow server, a failing stop and bad data delay no other notebook`() throws {
        var models = overdue(3) + [.sample("good", idle: .seconds(3_570))]
        models[1].notebook.lease = .unreadable
        models[1].notebook.access = nil
        models[1].lastActivity = nil
        models[2].stopFailures = Array(repeating: .sample(.transient), count: 100)
        var rig = EngineRig(.sample(), models)
        rig.fleet.slowLooks = [NotebookID("nb-0"): .seconds(300)]
        rig.run(until: .after(120))
        let stop = try #require(rig.stops.first { $0.notebook == NotebookID("good") })
        #expect(stop.at >= .after(30) && stop.at <= .after(31))
    }

    @Test func `I13: nothing is stopped before the cold start has passed, and then on time`() throws {
        var rig = EngineRig(.sample(coldStart: .seconds(300)), overdue(1))
        rig.run(until: .after(1_000))
        let stop = try #require(rig.stops.first)
        #expect(stop.at >= .after(300) && stop.at <= .after(302))
    }

    @Test func `I6: more stops than guarded freeze all, and nothing random is stopped`() {
        var rig = EngineRig(.sample(coldStart: .seconds(300), stops: 5), overdue(6))
        rig.run(until: .after(20_000))
        #expect(rig.stops.isEmpty)
        #expect(holds(rig).contains("held-too-many-stops"))
    }

    @Test func `as many stops as guarded go out`() {
        var rig = EngineRig(.sample(coldStart: .seconds(300), stops: 5), overdue(5))
        rig.run(until: .after(1_000))
        #expect(rig.stops.count == 5)
    }

    @Test func `a fleet gone dark holds the stops of those that can be seen, until it is light again`() {
        var rig = EngineRig(.sample(), (0..<6).map { .sample("nb-\($0)", idle: .seconds(3_500)) })
        for number in 0..<5 { rig.fleet.notebooks[NotebookID("nb-\(number)")]?.lastActivity = nil }
        rig.run(until: .after(1_000))
        #expect(holds(rig).contains("held-blind"))
        #expect(rig.stops.isEmpty)
        for number in 0..<5 { rig.fleet.notebooks[NotebookID("nb-\(number)")]?.lastActivity = rig.now }
        rig.run(until: .after(2_000))
        #expect(rig.stops.map(\.notebook) == [NotebookID("nb-5")])
    }

    @Test func `D18: after an outage nothing is stopped on what was seen before it`() {
        var rig = EngineRig(.sample(coldStart: .seconds(300)), [.sample("a", idle: .seconds(3_000))])
        rig.run(until: .after(130))
        rig.fleet.listingFailures = Array(repeating: .sample(.transient), count: 10)
        rig.run(until: .after(700))
        #expect(holds(rig).contains("held-outage"))
        #expect(rig.stops.isEmpty)
        rig.run(until: .after(2_000))
        #expect(rig.stops.count == 1)
        #expect(rig.stops.allSatisfy { $0.at >= .after(700 + 240) })
    }

    @Test func `I9: a new policy takes effect at once, in both directions`() {
        var rig = EngineRig(.sample(mode: .observe), overdue(1))
        rig.run(until: .after(100))
        #expect(rig.stops.isEmpty)
        rig.send(.reload(.sample(mode: .enforce, [.kept()])))
        rig.run(until: .after(200))
        #expect(rig.stops.isEmpty)
        rig.send(.reload(.sample(mode: .enforce)))
        rig.run(until: .after(300))
        #expect(rig.stops.count == 1)
    }

    @Test func `D10: what one notebook's rule does has no effect on another's`() {
        let rules = [Rule.kept(Selector([.name([])])), .idle()]
        var rig = EngineRig(.sample(rules), [.sample("a", idle: .seconds(7_200)), .sample("b")])
        rig.fleet.notebooks[NotebookID("b")]?.isBusy = true
        rig.run(until: .after(4_000))
        #expect(rig.stops.map(\.notebook) == [NotebookID("a")])
    }

    @Test(arguments: 1...20)
    func `I1 I2 I3 I5: a random fleet under random faults keeps every promise`(_ seed: UInt64) {
        var random = SystemRandom(seed: seed)
        let models = (0..<12).map { number in
            var model = ModelNotebook.sample(
                "nb-\(number)",
                idle: .seconds(Int64.random(in: 0...7_000, using: &random)),
                leaseLeft: .seconds(Int64.random(in: 1_900...90_000, using: &random))
            )
            if number % 4 == 0 { model.notebook.tags = ["keep-alive": "true"] }
            if number % 5 == 1 { model.lastActivity = nil }
            return model
        }
        let rules = [
            Rule.kept(Selector([.marked(true)])),
            Rule.idle(.seconds(1_800), warn: seed % 2 == 0 ? .seconds(300) : nil, whileActive: .prolong),
        ]
        var rig = EngineRig(.sample(rules), models, seed: seed)
        for step in 1...60 {
            let id = NotebookID("nb-\(Int.random(in: 0..<12, using: &random))")
            let event = Int.random(in: 0..<7, using: &random)
            rig.at(.after(Double(step) * 600)) { fleet, now in Self.happen(event, to: id, &fleet, now) }
        }
        rig.run(until: .after(40_000))
        let kept = Set(models.filter { $0.notebook.tags["keep-alive"] != nil }.map(\.notebook.id))
        #expect(rig.stops.allSatisfy { !kept.contains($0.notebook) })
        #expect(rig.expired.allSatisfy { !kept.contains($0) }, "seed \(seed)")
        #expect(rig.turns < 60_000, "seed \(seed)")
    }

    private static func happen(_ event: Int, to id: NotebookID, _ fleet: inout ModelFleet, _ now: Timestamp) {
        switch event {
        case 0: fleet.notebooks[id]?.lastActivity = now
        case 1: fleet.notebooks[id]?.isBusy.toggle()
        case 2: fleet.notebooks[id]?.lastActivity = nil
        case 3: fleet.notebooks[id]?.stopFailures = [.sample(.transient), .sample(.outcomeUnknown)]
        case 4: fleet.notebooks[id]?.readFailures = [.sample(.transient)]
        case 5: fleet.listingFailures.append(.sample(.transient))
        default:
            guard fleet.notebooks[id]?.notebook.status != .running else { return }
            fleet.notebooks[id]?.notebook.status = .running
            fleet.notebooks[id]?.serverStartedAt = now
            fleet.notebooks[id]?.lastActivity = now
            if var lease = fleet.notebooks[id]?.notebook.lease.lease {
                lease.duration = now - lease.createdAt + .seconds(7_200)
                fleet.notebooks[id]?.notebook.lease = .known(lease)
            }
        }
    }
}

/// A generator with a seed, for repeatable tests.
struct SystemRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
