// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A way in which time did not pass as it should, so that what was seen before is no ground to stop anything.
package enum Disturbance: Hashable, Sendable {
    /// The wall clock was set, forward by a positive span, back by a negative one.
    case clockSet(by: Duration)
    /// The machine slept.
    case suspended(for: Duration)
}

extension Disturbance: CustomStringConvertible {
    package var description: String {
        switch self {
        case .clockSet(let step) where step < .zero: "the clock was set back by \((.zero - step).spanText)"
        case .clockSet(let step): "the clock was set forward by \(step.spanText)"
        case .suspended(let span): "the machine slept for \(span.spanText)"
        }
    }
}
