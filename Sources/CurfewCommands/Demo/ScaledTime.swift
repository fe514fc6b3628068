// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine

/// Time that runs faster than real, from a chosen instant on.
struct ScaledTime: TimeSource {
    private let origin: Timestamp
    private let speed: Double
    private let began = ContinuousClock.now

    init(startingAt origin: Timestamp, speed: Double) {
        self.origin = origin
        self.speed = speed
    }

    var now: Timestamp { origin + (ContinuousClock.now - began) * speed }

    func sleep(until deadline: Timestamp) async throws {
        let real = began.advanced(by: (deadline - origin) / speed)
        // Rounded to whole milliseconds the instant could lie just before the deadline.
        try await ContinuousClock().sleep(until: real.advanced(by: .microseconds(Int64(1_000 / speed) + 1)))
        while now < deadline { try await ContinuousClock().sleep(for: .microseconds(100)) }
    }
}
