// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// Reads a server's time stamps by our clock.
///
/// The server's clock is known only through the `Date` header, which a gateway in between may have written by its own
/// clock. So a stamp is moved by the difference only where that makes it later: looking more recently used than it was
/// costs a while of computing time, looking idle for longer could stop somebody's work.
struct ServerClock: Sendable, Equatable {
    /// How far our clock is ahead of the server's; zero when it did not say, or within what a header can tell.
    let lag: Duration

    /// A header shows whole seconds and took its time to arrive: less than this is no difference.
    private static let tolerance = Duration.seconds(5)
    /// The furthest that a stamp may lie in the future and still be a matter of clocks.
    private static let furthestFuture = Duration.seconds(60)

    /// The clock of a server that wrote `date` into a reply which arrived at `now`.
    init(date: String?, receivedAt now: Timestamp) {
        guard let date = date.flatMap(Timestamp.init(httpDate:)) else {
            lag = .zero
            return
        }
        let difference = now - date
        lag = difference > Self.tolerance || difference < .zero - Self.tolerance ? difference : .zero
    }

    /// The clock that the most behind of several replies of one look shows.
    init(safestOf clocks: [ServerClock]) {
        lag = clocks.map(\.lag).max() ?? .zero
    }

    /// The instant of a stamp by our clock, at the latest now.
    ///
    /// Throws `.unintelligible` for a stamp that lies in the future by the server's own clock.
    func instant(_ stamp: Timestamp, now: Timestamp) throws(ProbeFailure) -> Timestamp {
        let corrected = stamp + lag
        guard corrected - now <= Self.furthestFuture else {
            throw ProbeFailure(.unintelligible("a time stamp lies in the future"))
        }
        return min(max(stamp, corrected), now)
    }
}
