// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// When a notebook is stopped and started in a circle, so that stopping it only costs starts.
///
/// A person who comes back to work starts it too; so only starts soon after a stop count, and only several of them.
package enum Flapping {
    /// So many quick restarts within the window are a circle.
    package static let limit = 3
    package static let window: Duration = .seconds(24 * 60 * 60)
    /// A start later than this after the stop is a person's.
    package static let quick: Duration = .seconds(15 * 60)
}

extension NotebookRecord {
    /// The reason to leave the notebook alone, and until when, if it goes round in a circle.
    func flapping(now: Timestamp) -> (reason: Reason, until: Timestamp)? {
        let recent = quickRestarts.filter { now - $0 < Flapping.window }
        guard recent.count >= Flapping.limit, let oldest = recent.min() else { return nil }
        return (.flapping(restarts: recent.count), oldest + Flapping.window)
    }
}

extension Outcome {
    /// Whether it can end in a stop.
    var mayStop: Bool {
        switch self {
        case .idle, .stop: true
        case .exempt, .keepAlive: false
        }
    }
}
