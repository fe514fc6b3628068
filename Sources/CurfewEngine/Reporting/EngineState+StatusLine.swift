// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

extension EngineState {
    /// One line on the state of the fleet, for `systemctl status`.
    package func statusLine(now: Timestamp) -> String {
        var kept = 0
        var dark = 0
        var stuck = 0
        var nextStop: Timestamp?
        for tracked in notebooks.values {
            if tracked.decision.reasons.contains(where: { $0.code == "kept-alive" }) { kept += 1 }
            if case .unknown? = tracked.decision.activity?.state, tracked.failedLooks > 0 { dark += 1 }
            if tracked.attempt?.isStuck == true { stuck += 1 }
            nextStop = Planner.earliest(nextStop, tracked.decision.deadline)
        }
        var parts = ["\(policy.mode.rawValue): \(notebooks.count) notebooks, \(fleet.running) running"]
        if kept > 0 { parts.append("\(kept) kept alive") }
        if dark > 0 { parts.append("\(dark) cannot be looked into") }
        if stuck > 0 { parts.append("\(stuck) stuck") }
        if let nextStop { parts.append("next deadline \(nextStop)") }
        return (parts + standingHolds.map(\.description)).joined(separator: "; ")
    }
}
