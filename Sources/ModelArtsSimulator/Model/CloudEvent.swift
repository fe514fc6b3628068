// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A change of a notebook's status, with the reason; what a user of the console would have seen happen.
package struct CloudEvent: Sendable, Equatable {
    /// When it happened, in milliseconds since 1970 UTC.
    package let at: Int64

    /// The notebook's id.
    package let notebook: String
    package let from: NotebookStatus
    package let to: NotebookStatus
    package let cause: Cause

    /// Who or what moved the notebook; both ends of a transition carry the cause that began it.
    package enum Cause: String, Sendable {
        /// Its user, in the console.
        case user
        /// A request to the API.
        case api
        /// A TIMING lease ran out.
        case leaseExpired
        /// An IDLE lease found it unused for long enough.
        case idleLease
    }
}
