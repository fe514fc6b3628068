// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// Tells by the machine's other clocks when the wall clock was set and when the machine slept.
struct ClockWatch {
    /// Clocks that are being disciplined drift by less between two turns.
    static let tolerance: Duration = .seconds(5)

    private var last: (wall: Timestamp, elapsed: ElapsedTime)?

    /// Notes the clocks at the beginning of a turn; what happened since the last one, the greater evil first.
    mutating func note(wall: Timestamp, elapsed: ElapsedTime?) -> Disturbance? {
        guard let elapsed else { return nil }
        defer { last = (wall, elapsed) }
        guard let last else { return nil }
        let passed = elapsed.sinceBoot - last.elapsed.sinceBoot
        let step = wall - last.wall - passed
        if step > Self.tolerance || step < .zero - Self.tolerance { return .clockSet(by: step) }
        let slept = passed - (elapsed.awake - last.elapsed.awake)
        return slept > Self.tolerance ? .suspended(for: slept) : nil
    }
}
