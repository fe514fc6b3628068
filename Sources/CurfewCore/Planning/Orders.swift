// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The permission to stop one notebook now.
///
/// It can be made in this target only, by `Planner.verify`, so holding one proves that fresh facts were planned and
/// every guard passed.
package struct StopOrder: Hashable, Sendable {
    package let notebook: NotebookID
    /// How long the permission holds.
    package let validity: OrderValidity
}

/// The permission to set one lease's remaining time.
///
/// Like `StopOrder`, only the planner makes it: it never shortens a lease and lies in what the cloud accepts.
package struct RenewalOrder: Hashable, Sendable {
    package let notebook: NotebookID
    /// The remaining time to set, counted from when the cloud gets the request: 1 h to 72 h.
    package let duration: Duration
    /// The type to set: the lease's own, or TIMING where the rule turns an IDLE lease into one.
    package let kind: Lease.Kind
    /// How long the permission holds.
    package let validity: OrderValidity
}

/// How long an order may be carried out: a request that waits behind others rests on facts that grow old meanwhile.
package struct OrderValidity: Hashable, Sendable {
    /// When the fresh facts were planned.
    private let verifiedAt: Timestamp

    /// Ten seconds.
    package static let span: Duration = .seconds(10)

    init(verifiedAt: Timestamp) {
        self.verifiedAt = verifiedAt
    }

    /// Whether the request may still go out; not when the clock was set back meanwhile either.
    package func holds(at now: Timestamp) -> Bool {
        now >= verifiedAt - .seconds(1) && now <= verifiedAt + Self.span
    }
}
