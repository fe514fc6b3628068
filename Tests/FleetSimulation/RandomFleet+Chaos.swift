// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

@testable import CurfewEngine

extension RandomFleet {
    /// Lets the cloud tell nonsense, time jump and the daemon be killed, as the seed has it.
    static func addChaos(to fleet: SimulatedFleet, seed: UInt64) {
        var random = SeededGenerator(seed: seed &+ 424_242)
        fleet.faults.isStale = { _, _ in random.chance(10) }
        fleet.faults.isPassedOver = { _, _ in random.chance(1) }
        fleet.faults.garble = { notebook, _ in garbled(notebook, &random) }
        fleet.faults.lie = { activity, clock in
            guard random.chance(4) else { return activity }
            return random.chance(50) ? .active : .idle(since: clock + .minutes(random.integer(1...300)))
        }
        fleet.faults.crash = { _ in
            random.integer(0...4_999) == 0 ? .seconds(random.integer(1...200)) : nil
        }
        for _ in 0..<random.integer(0...3) {
            let span = Duration.seconds(random.integer(6...600))
            fleet.at(noon + .minutes(random.integer(10...1_700))) { $0.suspend(for: span) }
        }
        for _ in 0..<random.integer(0...3) {
            let seconds = random.chance(50) ? random.integer(1...20) : random.integer(60...7_200)
            let step = Duration.seconds(random.chance(50) ? seconds : -seconds)
            let at = noon + .minutes(random.integer(10...1_600))
            fleet.at(at) { $0.setClock(by: step) }
            fleet.at(at + .minutes(random.integer(1...200))) { $0.setClock(by: .zero - step) }
        }
    }

    private static func garbled(_ notebook: Notebook, _ random: inout SeededGenerator) -> Notebook {
        guard random.chance(3) else { return notebook }
        var copy = notebook
        switch random.integer(0...5) {
        case 0: copy.status = .unrecognized("HIBERNATED")
        case 1: copy.lease = .unreadable
        case 2: copy.access = nil
        case 3: copy.updatedAt = nil
        case 4: copy.tags = .unreadable
        default: copy.owner = Notebook.Owner()
        }
        return copy
    }
}
