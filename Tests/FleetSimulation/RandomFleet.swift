// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

@testable import CurfewEngine

/// A fleet with users, faults and reloads as a seed has it.
struct RandomFleet {
    /// What a notebook's rule is called after: the part of its name before the dash.
    static let kinds = ["kept", "exempt", "aged", "warn", "prolong", "two", "idle", "quorum"]
    static let length = Duration.hours(30)
    static let size = 24

    /// What may go wrong.
    enum Weather {
        case calm
        /// The cloud, the notebooks' servers and the ledger fail now and then, and policies are reloaded.
        case faulty
        /// What they say is stale, garbled or a lie besides, clocks jump, the machine sleeps, and the daemon is killed.
        case chaotic
    }

    private static let two = [
        EvidenceRequirement.Use(source: Sample.jupyter),
        EvidenceRequirement.Use(source: Sample.accelerator, isOptional: true, maxAge: .minutes(20)),
    ]

    /// Any of them may be silent, and two must speak.
    private static let quorum = [Sample.jupyter, Sample.accelerator, Sample.shell].map {
        EvidenceRequirement.Use(source: $0, isOptional: true)
    }

    /// A policy whose guard lets as many stops pass within an hour as `stops` says.
    static func policy(_ mode: Policy.Mode, pollEvery: Duration, stops: Int = 6) -> Policy {
        let marked = Rule(name: "marked", match: Selector([.marked(true)]), outcome: .keepAlive(KeepAlive()))
        let exempt = Sample.rule("exempt", .exempt)
        let rules = [
            exempt, marked,
            Sample.rule("kept", .keepAlive(KeepAlive(reason: "release"))),
            Sample.rule("aged", .stop(warn: .minutes(30)), [.runningFor(.hours(6))]),
            Sample.rule("aged", .keepAlive(KeepAlive())),
            Sample.rule("warn", Sample.idle(.hours(1), warn: .minutes(10))),
            Sample.rule("prolong", Sample.idle(.hours(1), whileActive: .prolong)),
            Sample.rule("two", Sample.idle(.minutes(45), sources: two)),
            Sample.rule("quorum", Sample.idle(.minutes(75), sources: quorum, atLeast: 2)),
            Sample.rule("idle", Sample.idle(.minutes(90))),
        ]
        let guards = GuardSettings(stops: GuardSettings.Stops(count: stops, percent: 10), coldStart: .minutes(5))
        return Sample.policy(rules: rules, mode: mode, marks: Sample.marks, guards: guards, pollEvery: pollEvery)
    }

    /// A fleet that is ready to run.
    static func make(
        seed: UInt64,
        weather: Weather,
        mode: Policy.Mode = .enforce,
        stops: Int = 6,
        violated: @escaping (String) -> Void
    ) -> SimulatedFleet {
        var random = SeededGenerator(seed: seed)
        let pollEvery = Duration.seconds(60 * (seed % 6 == 0 ? 1 : 5))
        let notebooks = (0..<size).map { notebook($0, &random) }
        let fleet = SimulatedFleet(
            policy(mode, pollEvery: pollEvery, stops: stops),
            notebooks,
            seed: seed,
            settings: EngineSettings(),
            violated: violated
        )
        fleet.promises.budget = budget
        fleet.promises.optionalSources = { kind(of: $0.name) == "quorum" ? nil : [Sample.accelerator] }
        fleet.promises.quorum = { kind(of: $0.name) == "quorum" ? 2 : 1 }
        fleet.promises.isProtected = { notebook in
            // Nobody can tell what stands in tags that cannot be read.
            ["kept", "exempt"].contains(kind(of: notebook.name)) || notebook.tags["keep-alive"] == "true"
                || notebook.tags == .unreadable
        }
        fleet.promises.isKept = { fleet.promises.isProtected($0) || kind(of: $0.name) == "aged" }
        for notebook in notebooks { plan(notebook.id, fleet, &random) }
        if weather != .calm { addFaults(to: fleet, seed: seed, pollEvery: pollEvery) }
        if weather == .chaotic { addChaos(to: fleet, seed: seed) }
        return fleet
    }

    /// Lets the fleet live through its day, and looks at what can only be judged at its end.
    static func live(_ fleet: SimulatedFleet) {
        fleet.run(for: length)
        // What is still on its way to the ledger gets there.
        fleet.faults.ledgerFails = { _ in false }
        fleet.faults.crash = { _ in nil }
        fleet.run(for: .minutes(10))
        fleet.promises.checkLeases(fleet)
        fleet.promises.checkIntents(fleet)
    }

    static func kind(of name: String) -> String { String(name.prefix { $0 != "-" }) }

    private static func budget(_ notebook: Notebook) -> Duration? {
        switch kind(of: notebook.name) {
        case "warn", "prolong": .hours(1)
        case "two": .minutes(45)
        case "idle": .minutes(90)
        case "quorum": .minutes(75)
        default: nil
        }
    }

    private static func notebook(_ index: Int, _ random: inout SeededGenerator) -> SimulatedNotebook {
        var notebook = SimulatedNotebook(
            "\(kinds[index % kinds.count])-\(index)",
            age: .minutes(random.integer(0...900)),
            leaseLeft: .minutes(random.integer(50...4_000)),
            kind: random.chance(25) ? .idle : .timing
        )
        // Its user works now and then, around the day.
        var at = noon - .minutes(random.integer(0...300))
        while at < noon + length {
            let end = at + .seconds(random.integer(1...9_000))
            notebook.work.append(at..<end)
            at = end + .seconds(random.integer(30...20_000))
        }
        return notebook
    }

    /// Its user marks it, restarts it, stops it or starts it at some time.
    private static func plan(_ id: NotebookID, _ fleet: SimulatedFleet, _ random: inout SeededGenerator) {
        func soon(_ random: inout SeededGenerator) -> Timestamp { noon + .seconds(random.integer(1...108_000)) }
        if random.chance(25) {
            let marked = soon(&random)
            fleet.at(marked) { $0.change(id) { $0.tags["keep-alive"] = "true" } }
            fleet.at(marked + .minutes(random.integer(1...600))) { $0.change(id) { $0.tags["keep-alive"] = nil } }
        }
        if random.chance(15) {
            let granted = soon(&random)
            let span = Duration.minutes(random.integer(1...900))
            fleet.at(granted) { $0.act(.keep(id, .lasting(span), reason: nil)) }
            if random.chance(30) {
                let withdrawn = granted + .minutes(random.integer(1...600))
                fleet.at(withdrawn) { $0.act(.release(id)) }
            }
        }
        for _ in 0..<random.integer(0...3) {
            fleet.at(soon(&random)) { fleet in fleet.change(id) { $0.restart(at: fleet.now) } }
            fleet.at(soon(&random)) { fleet in fleet.change(id) { $0.start(at: fleet.now) } }
        }
        if random.chance(20) { fleet.at(soon(&random)) { fleet in fleet.change(id) { $0.stop(at: fleet.now) } } }
        if random.chance(8) { fleet.at(soon(&random)) { $0.remove(id) } }
    }

    private static func addFaults(to fleet: SimulatedFleet, seed: UInt64, pollEvery: Duration) {
        var random = SeededGenerator(seed: seed &+ 7_777)
        let failures: [ServiceFailure.Kind] = [
            .transient, .busy, .throttled(retryAfter: .seconds(20)), .unintelligible, .alreadyDone, .outcomeUnknown,
        ]
        fleet.faults.pagesBeforeListingFails = { _ in random.chance(8) ? random.integer(0...4) : nil }
        fleet.faults.look = { _, _, _ in
            random.chance(12) ? random.pick([.unreachable("timeout"), .refused("403"), .unintelligible("{")]) : nil
        }
        fleet.faults.read = { _, _ in random.chance(8) ? random.pick(failures) : nil }
        fleet.faults.ledgerFails = { _ in random.chance(4) }
        fleet.faults.call = { _, _ in
            switch random.integer(0...19) {
            case 0: .refused(random.pick(failures) ?? .transient)
            case 1: .replyLost
            case 2: .requestLost
            case 3: .ignored
            default: .works
            }
        }
        fleet.faults.pageTime = .milliseconds(random.integer(50...9_000))
        let slowness = random.integer(1...60)
        fleet.faults.readTime = { _ in .milliseconds(random.integer(20...200 * slowness)) }
        fleet.faults.lookTime = { _ in .milliseconds(random.integer(20...80 * slowness)) }
        fleet.faults.callTime = { _ in .milliseconds(random.integer(20...150 * slowness)) }
        addActs(to: fleet, &random)
        for _ in 0..<4 {
            let at = noon + .minutes(random.integer(10...1_700))
            let minutes = random.integer(1...15)
            fleet.at(at) { $0.deliver(.reload(policy(.observe, pollEvery: pollEvery))) }
            fleet.at(at + .minutes(minutes)) { $0.deliver(.reload(policy(.enforce, pollEvery: pollEvery))) }
        }
    }
    /// People freeze the stops now and then, end that, and approve what the guard holds, or some of it.
    private static func addActs(to fleet: SimulatedFleet, _ random: inout SeededGenerator) {
        for _ in 0..<random.integer(0...3) {
            let frozen = noon + .seconds(random.integer(600...100_000))
            fleet.at(frozen) { $0.act(.freeze(reason: "something looks wrong")) }
            fleet.at(frozen + .seconds(random.integer(0...20_000))) { $0.act(.thaw) }
        }
        for _ in 0..<random.integer(2...12) {
            let share = random.integer(0...2)
            fleet.at(noon + .seconds(random.integer(600...108_000))) { fleet in
                let held = fleet.state.heldStops(now: fleet.clock)
                fleet.act(.approve(share == 0 ? nil : Array(held.prefix((held.count + 1) / share))))
            }
        }
    }
}
