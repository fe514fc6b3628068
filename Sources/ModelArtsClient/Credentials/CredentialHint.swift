// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// How the daemon proves who it is, as far as an error message needs to know it.
enum CredentialHint: Sendable {
    case accessKey
    case password
    case agency

    /// Whether requests are signed, so that the clocks must agree.
    var isSigned: Bool { self != .password }

    /// Where the credentials come from.
    var place: String {
        switch self {
        case .accessKey: "the files access-key and secret-key in the credentials directory"
        case .password: "the user and domain in service.credentials and the file password in the credentials directory"
        case .agency: "the agency that is bound to this ECS"
        }
    }

    /// What to do when they are refused.
    var advice: String { "check \(place)" }
}
