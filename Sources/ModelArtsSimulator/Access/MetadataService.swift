// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The metadata service of the simulated server: temporary credentials of the agency bound to it.
///
/// Credentials live an hour and are replaced ten minutes before they end; both pairs are valid in between. They follow from
/// the time alone, so nothing has to be remembered.
struct MetadataService: Sendable {
    /// A temporary access key.
    struct Credential: Sendable, Equatable {
        let accessKey: String
        let secret: String
        let securityToken: String
        let issuedAt: Int64
        let expiresAt: Int64
    }

    var identity: CallerIdentity

    /// When the first credentials were issued, in milliseconds since 1970 UTC.
    let origin: Int64
    var mode = MetadataMode.tokens

    /// How long credentials live, in milliseconds.
    private static let lifetime: Int64 = 3_600_000

    /// How often credentials are replaced, in milliseconds.
    private static let interval: Int64 = 3_000_000

    private static let prefix = "TEMPACCESSKEY"

    init(identity: CallerIdentity, origin: Int64) {
        self.identity = identity
        self.origin = origin
    }

    /// The credentials that the service hands out now.
    func credential(now: Int64) -> Credential { credential(number: max(0, (now - origin) / Self.interval)) }

    /// The credentials with that access key, valid or not; `nil` when there never were such.
    func credential(accessKey: String) -> Credential? {
        guard accessKey.hasPrefix(Self.prefix), let number = Int64(accessKey.dropFirst(Self.prefix.utf8.count)) else {
            return nil
        }
        return credential(number: number - 1)
    }

    private func credential(number: Int64) -> Credential {
        let digits = String(number + 1)
        let issuedAt = origin + number * Self.interval
        return Credential(
            accessKey: Self.prefix + String(repeating: "0", count: max(0, 7 - digits.utf8.count)) + digits,
            secret: StableID.hexadecimal(of: "secret:\(number)", digits: 40),
            securityToken: "gQp" + StableID.hexadecimal(of: "security:\(number)", digits: 400) + "==",
            issuedAt: issuedAt,
            expiresAt: issuedAt + Self.lifetime
        )
    }

    /// Answers `PUT /meta-data/latest/api/token`.
    func issueToken(_ request: WireRequest, now: Int64) -> WireAnswer {
        if case .withoutTokens(let status) = mode { return .text(status, "") }
        guard let text = request.header("x-metadata-token-ttl-seconds"), let seconds = Int64(text),
            (1...21_600).contains(seconds)
        else { return .text(400, "Bad Request") }
        let expiry = now + seconds * 1000
        return .text(200, "\(expiry).\(Self.seal(expiry))")
    }

    /// Answers `GET /openstack/latest/securitykey`.
    func securityKey(_ request: WireRequest, now: Int64) -> WireAnswer {
        switch mode {
        case .noAgency: return .text(401, "Please configure Cloud Service Agency first")
        case .tokens where !isValid(token: request.header("x-metadata-token"), now: now):
            return .text(401, "Unauthorized")
        case .tokens, .withoutTokens: break
        }
        let credential = credential(now: now)
        return .json(200) { json in
            json.object { json in
                json.key("credential")
                json.object { json in
                    json.field("access", credential.accessKey)
                    json.field("secret", credential.secret)
                    json.field("securitytoken", credential.securityToken)
                    json.field("expires_at", CivilTime(credential.expiresAt).iso8601WithMicroseconds)
                }
            }
        }
    }

    private func isValid(token: String?, now: Int64) -> Bool {
        guard let parts = token?.split(separator: "."), parts.count == 2, let expiry = Int64(parts[0]) else {
            return false
        }
        return now < expiry && parts[1] == Self.seal(expiry)
    }

    private static func seal(_ expiry: Int64) -> String {
        StableID.hexadecimal(of: "metadata:\(expiry)", digits: 40)
    }
}

/// How the metadata service behaves.
package enum MetadataMode: Sendable, Equatable {
    /// Credentials for those who first fetched a metadata token.
    case tokens
    /// An older service: the token call answers with this status (404, 405, 503), credentials need none.
    case withoutTokens(status: Int)
    /// No agency is bound to the server.
    case noAgency
}
