// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A request for a lease, from a query or a body.
package struct LeaseRequest: Sendable, Equatable {
    /// Milliseconds from now; the cloud's default is one hour.
    package var duration: Int64?

    /// The cloud's default is TIMING.
    package var type: LeaseType?

    package init(duration: Int64? = nil, type: LeaseType? = nil) {
        self.duration = duration
        self.type = type
    }
}

extension CloudModel {
    /// The cloud's default length of a lease, in milliseconds.
    static let defaultLease: Int64 = 3_600_000

    /// Shows the lease of a notebook.
    package mutating func lease(of id: String, now: Int64) throws(APIError) -> Lease {
        try show(id, now: now).lease
    }

    /// Prolongs a lease: sets the time that is left, which may be less than before.
    /// - Parameters:
    ///   - id: The notebook.
    ///   - queryDuration: The `duration` of the query. When present, the body is ignored and the type becomes TIMING.
    ///   - body: What the body asks for.
    ///   - now: The present instant.
    /// - Returns: The lease afterwards, and what the request amounted to.
    /// - Throws: The refusal, by status and length.
    package mutating func renew(
        _ id: String,
        queryDuration: Int64?,
        body: LeaseRequest,
        now: Int64
    ) throws(APIError) -> (lease: Lease, requested: LeaseRequest) {
        let index = try locate(id, now: now)
        switch notebook(at: index).status {
        case .running: break
        case .snapshotting: throw .leaseFixed
        case .frozen: throw .frozen
        default: throw .notRunning
        }
        let duration = queryDuration ?? body.duration ?? Self.defaultLease
        let type = queryDuration == nil ? body.type ?? .timing : .timing
        guard settings.leaseLengths.contains(duration) else { throw .leaseOutOfRange }
        let changed = change(index, now: now) { $0.lease.renew(requested: duration, type: type, now: now) }
        return (changed.lease, LeaseRequest(duration: duration, type: type))
    }
}
