// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// What makes one request authentic.
enum Identity: Sendable, Equatable {
    /// Keys to sign with; a temporary pair has a security token.
    case keys(id: Secret, secret: Secret, securityToken: Secret?)
    /// A token of IAM, sent as `X-Auth-Token`.
    case token(Secret)

    /// Everything in it that must never be shown.
    var secrets: [Secret] {
        switch self {
        case .keys(let id, let secret, let securityToken): [id, secret] + (securityToken.map { [$0] } ?? [])
        case .token(let token): [token]
        }
    }
}
