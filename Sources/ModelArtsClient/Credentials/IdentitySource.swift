// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewEngine

/// Where a request's identity comes from.
enum IdentitySource: Sendable {
    /// Keys that never change.
    case fixed(Identity)
    case renewing(RenewingIdentity)

    /// The identity to use now.
    func current(doing: String) async throws(ServiceFailure) -> Identity {
        switch self {
        case .fixed(let identity): identity
        case .renewing(let source): try await source.current(doing: doing)
        }
    }

    /// Another identity than the one that was refused; nil when there is none.
    func replacement(for refused: Identity, doing: String) async throws(ServiceFailure) -> Identity? {
        switch self {
        case .fixed: nil
        case .renewing(let source): try await source.replacement(for: refused, doing: doing)
        }
    }
}
