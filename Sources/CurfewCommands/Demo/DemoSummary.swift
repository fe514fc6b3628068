// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import ModelArtsSimulator

/// The end of the demonstration: what came of the day, checked against the cloud's own record.
struct DemoSummary {
    let story: DemoStory
    let snapshot: EngineSnapshot?
    let cloud: SimulatedCloud
    let end: Timestamp

    func lines(_ terminal: Terminal) -> [String] {
        let stopped = story.stopped
        let names = (snapshot?.notebooks ?? [])
            .compactMap { view in stopped[view.record.notebook.id].map { (view.record.notebook.name, $0) } }
            .sorted { $0.1 < $1.1 }
        let hours = names.reduce(0.0) { $0 + (end - $1.1) / .seconds(3_600) }
        let renewals = story.prolonged.values.reduce(0, +)
        let counts = story.counts
        let stops = names.map { "\($0.0) at \($0.1.clock)" }.joined(separator: ", ")
        return [
            "",
            terminal.styled("The day in short", .bold),
            "  stopped    \(names.count): \(stops.isEmpty ? "none" : stops)",
            "  saved      \(Self.rounded(hours)) notebook hours until \(end.clock), and the night after it",
            "  prolonged  \(renewals) times, so that no lease ran out under somebody's hands",
            "  warned     \(counts.warned) times before a stop; \(counts.spared) stops called off on a second look",
            "  checked    \(verdict)",
            "",
            "Next: curfew check your-policy.yaml, curfew plan, then curfew run (see README.md).",
        ]
    }

    /// What the simulated cloud itself recorded: stops by request, and leases that ran out.
    private var verdict: String {
        let events = cloud.events
        let expired = events.count { $0.cause == .leaseExpired }
        let byRequest = events.count { $0.cause == .api && $0.to == .stopping }
        return "the cloud's own record: \(byRequest) stops by request, \(expired) leases ran out"
    }

    private static func rounded(_ hours: Double) -> String {
        String(Int(hours.rounded()))
    }
}
