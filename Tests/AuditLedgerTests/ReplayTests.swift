// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import Foundation
import Testing

@testable import FleetSimulation

/// A policy that is tried on what a daemon with the same policy recorded must do what that daemon did.
struct ReplayTests {
    /// What the fleet's daemon really stopped, and what its policy stops when it is tried on the ledger.
    private func stops(of fleet: SimulatedFleet, _ policy: Policy) async throws -> (real: [String], replayed: [String])
    {
        try await withLedger { ledger in
            let open = try ledger.start().ledger
            // As the writer does: some at a time.
            for start in stride(from: 0, to: fleet.ledger.count, by: 500) {
                try await open.record(Array(fleet.ledger[start..<min(start + 500, fleet.ledger.count)]))
            }
            try open.close()
            let history = try LedgerReader(directory: ledger.directory.path()).history(since: noon - .days(1))
            let replayed = history.notebooks.flatMap { notebook in
                Replay.result(of: policy, on: notebook, within: history.from..<history.to).stops
                    .map { (name: $0.notebook.id.text, at: $0.at) }
            }
            let real = fleet.calls.compactMap { call -> (name: String, at: Timestamp)? in
                if case .stop = call.order { (call.id.notebook.text, call.at) } else { nil }
            }
            return (Self.told(real), Self.told(replayed))
        }
    }

    /// Each stop in words, to the minute in which it lies, or at the end of the cold start.
    private static func told(_ stops: [(name: String, at: Timestamp)]) -> [String] {
        stops.map { stop in
            let after = max(stop.at - noon, .minutes(6))
            return "\(stop.name) after \((after + .seconds(30)).wholeMilliseconds / 60_000) min"
        }
        .sorted()
    }

    @Test(.timeLimit(.minutes(20)), arguments: [2, 3, 5, 6, 7, 8])
    func `the policy in force stops the same notebooks at the same time when it is tried on the ledger`(
        seed: Int
    ) async throws {
        // A trial knows no guard, so the daemon's lets every stop pass.
        let fleet = RandomFleet.make(seed: UInt64(seed), weather: .calm, stops: 1_000) { Issue.record("\($0)") }
        fleet.run(for: .hours(30))
        let policy = RandomFleet.policy(.enforce, pollEvery: .seconds(60 * (seed % 6 == 0 ? 1 : 5)))
        let (real, replayed) = try await stops(of: fleet, policy)
        #expect(real.count > 5)
        #expect(replayed == real)
    }
}
