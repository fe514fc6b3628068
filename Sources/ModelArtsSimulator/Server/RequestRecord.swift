// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A request that the simulated cloud received, and what became of it.
package struct RequestRecord: Sendable, Equatable {
    /// When it came, in milliseconds since 1970 UTC.
    package let at: Int64
    package let method: String

    /// The path as sent.
    package let path: String

    /// The query as sent, without the question mark; the value of `token` is left out.
    package let query: String
    package let operation: Operation

    /// The id that the path names, whether or not there is such a notebook.
    package let notebook: String?

    /// The status of the reply; 0 when the connection was closed without one.
    package let status: Int

    /// Who sent it; `nil` when not authenticated, or when the operation needs no identity.
    package let identity: String?

    /// The body as sent.
    package let body: [UInt8]

    /// Whether it could change a notebook.
    package var isMutation: Bool { operation.isMutation }
}
