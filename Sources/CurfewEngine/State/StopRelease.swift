// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// Spreads the stops that are overdue: those that a hold, an outage or a reload has let pile up.
///
/// They must not all go out in the moment in which the hold ends. Whoever is about to come back, or to press a freeze,
/// then loses one notebook and not thirty. A stop that comes due in its time waits for nothing.
struct StopRelease {
    /// The pause between two overdue stops.
    static let spacing: Duration = .seconds(1)
    /// A stop that is so late was kept waiting by something.
    private static let overdue: Duration = .seconds(30)

    private var nextAt: Timestamp = .distantPast

    /// Picks from the due stops, each with its deadline, those that may begin now.
    mutating func take(from due: [(id: NotebookID, deadline: Timestamp?)], now: Timestamp) -> [NotebookID] {
        // A clock that was set back must not make them wait for longer.
        nextAt = min(nextAt, now + Self.spacing)
        var released: [NotebookID] = []
        for (id, deadline) in due.sorted(by: { $0.id.text < $1.id.text }) {
            if let deadline, now - deadline < Self.overdue {
                released.append(id)
            } else if now >= nextAt {
                released.append(id)
                nextAt = now + Self.spacing
            }
        }
        return released
    }

    /// When the next overdue stop may begin, if any is due.
    func next(now: Timestamp) -> Timestamp? { nextAt > now ? nextAt : nil }
}
