// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// The cloud's clock, as the `Date` of a reply shows it beside ours.
///
/// Leases end by the cloud's clock. Were their ends compared with a wrong clock of ours, a renewal, which sets the time
/// that is left, could shorten one, or come too late.
struct CloudClock: Sendable, Equatable {
    /// How far our clock is ahead of the cloud's; zero when the reply did not say, or within what a header can tell.
    let lag: Duration

    /// A header shows whole seconds and took its time to arrive: less than this is no difference.
    private static let tolerance = Duration.seconds(5)

    /// The clock of a service that wrote `date` into a reply which arrived at `now`.
    init(date: String?, receivedAt now: Timestamp) {
        guard let date = date.flatMap({ HTTPDate.parse($0) }) else {
            lag = .zero
            return
        }
        let difference = now - date
        lag = difference > Self.tolerance || difference < .zero - Self.tolerance ? difference : .zero
    }

    /// The lease with its instants by our clock.
    func byOurs(_ reading: LeaseReading) -> LeaseReading {
        guard lag != .zero, case .known(var lease) = reading else { return reading }
        lease.createdAt = lease.createdAt + lag
        lease.updatedAt = lease.updatedAt.map { $0 + lag }
        return .known(lease)
    }

    /// The notebook with its instants by our clock.
    func byOurs(_ notebook: Notebook) -> Notebook {
        guard lag != .zero else { return notebook }
        var copy = notebook
        copy.lease = byOurs(notebook.lease)
        // A start may be told later than it was, at the cost of some computing time, never earlier.
        copy.updatedAt = notebook.updatedAt.map { $0 + max(lag, .zero) }
        return copy
    }
}
