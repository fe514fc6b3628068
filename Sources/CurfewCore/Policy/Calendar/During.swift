// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The times of a `during` condition: it holds while one of the schedules does.
package struct During: Equatable, Sendable {
    package let schedules: [Schedule]

    /// Schedules that take turns so often are not followed further; see `Schedule`.
    private static let mostEdges = 1_000

    package init(_ schedules: [Schedule]) {
        self.schedules = schedules
    }

    package func contains(_ instant: Timestamp) -> Bool {
        schedules.contains { $0.contains(instant) }
    }

    /// The next instant at which `contains` answers otherwise; nil for never.
    package func nextChange(after instant: Timestamp) -> Timestamp? {
        guard schedules.count > 1 else { return schedules.first?.nextChange(after: instant) }
        let isInside = contains(instant)
        var edge = instant
        for _ in 0..<Self.mostEdges {
            guard let next = schedules.compactMap({ $0.nextChange(after: edge) }).min() else { return nil }
            edge = next
            if contains(edge) != isInside { break }
        }
        return edge
    }
}
