// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The auto-stop clock of a notebook.
///
/// On the wire `duration` counts from the creation of the notebook and not from now, so it grows without bound. The one
/// formula behind all published captures: on a renewal, on reaching RUNNING, on a stop and on a start the cloud sets
/// `update_at` to now and `duration` to `now − create_at + requested`; the notebook ends at `create_at + duration`.
package struct Lease: Sendable, Equatable {
    /// When the notebook was created; never changes, in milliseconds since 1970 UTC.
    package let createdAt: Int64

    /// The wire value: milliseconds from `createdAt` to the end, or −1 when there is no auto stop.
    package private(set) var duration: Int64

    /// Whether the notebook stops by itself.
    package private(set) var isEnabled: Bool

    /// Whether it ends at an instant or after idleness.
    package private(set) var type: LeaseType

    /// When the lease last changed, in milliseconds since 1970 UTC.
    package private(set) var updatedAt: Int64

    /// What was last asked for, in milliseconds; −1 for no auto stop.
    package private(set) var requested: Int64

    /// A new lease.
    /// - Parameters:
    ///   - createdAt: When the notebook was created, in milliseconds since 1970 UTC.
    ///   - requested: The length asked for, in milliseconds; −1 for no auto stop.
    ///   - type: How it ends.
    ///   - now: When it is given.
    package init(createdAt: Int64, requested: Int64, type: LeaseType = .timing, now: Int64) {
        self.createdAt = createdAt
        self.requested = requested
        self.type = type
        duration = requested
        isEnabled = requested > 0
        updatedAt = now
        rebase(to: now)
    }

    /// The instant at which a TIMING lease runs out; `nil` when nothing runs out.
    package var expiresAt: Int64? {
        isEnabled && type == .timing ? createdAt + duration : nil
    }

    /// Lets the last requested length begin anew at `now`.
    mutating func rebase(to now: Int64) {
        updatedAt = now
        duration = requested > 0 ? now - createdAt + requested : -1
    }

    /// Sets the remaining time; it is not added to what was left, so a renewal can shorten a lease.
    mutating func renew(requested: Int64, type: LeaseType, now: Int64) {
        self.requested = requested
        self.type = type
        isEnabled = requested > 0
        rebase(to: now)
    }
}

/// How a lease ends: `TIMING` at an instant, `IDLE` after the requested time without use.
package enum LeaseType: String, Sendable {
    case timing = "TIMING"
    case idle = "IDLE"

    /// Older documents write the type in lower case, so its case does not matter.
    init?(wire text: String) {
        self.init(rawValue: text.uppercased())
    }
}

/// How much of a lease a notebook object shows; the published examples differ.
package enum LeaseForm: String, Sendable {
    /// All five fields.
    case full
    /// Without `type`, as in most list and show examples.
    case withoutType
    /// No `lease` at all.
    case missing
}
