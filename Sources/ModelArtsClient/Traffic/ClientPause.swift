// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Synchronization

/// The time until which the cloud asked for silence (status 429); it holds for every request of this client.
final class ClientPause: Sendable {
    /// No reply can silence the daemon for longer.
    static let longest = Duration.seconds(60 * 60)

    private let until = Mutex(Timestamp?.none)

    /// Makes the pause last at least for `span` from now.
    func extend(for span: Duration, now: Timestamp) {
        let end = now + min(span, Self.longest)
        until.withLock { $0 = max($0 ?? end, end) }
    }

    /// What is left of the pause; nil when there is none.
    ///
    /// A clock that was set back must not prolong it, so it is never more than the longest possible.
    func remaining(now: Timestamp) -> Duration? {
        until.withLock { until in
            guard let end = until, end > now else {
                until = nil
                return nil
            }
            let bounded = min(end, now + Self.longest)
            until = bounded
            return bounded - now
        }
    }
}
