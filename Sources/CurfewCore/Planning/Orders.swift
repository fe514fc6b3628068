// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The permission to stop one notebook now.
///
/// It can be made in this target only, by `Planner.verify`, so holding one proves that fresh facts were planned and
/// every guard passed.
package struct StopOrder: Hashable, Sendable {
    package let notebook: NotebookID
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
}
