// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// IAM tokens: issued for a password, used as `X-Auth-Token`.
struct TokenOffice: Sendable {
    private struct Token: Sendable {
        let identity: CallerIdentity
        let expiresAt: Int64
        let isProjectScoped: Bool
        var isRevoked = false
    }

    /// How long a token is valid, in milliseconds; 24 hours at the real cloud.
    var lifetime: Int64 = 86_400_000

    private var tokens: [String: Token] = [:]
    private var issued = 0

    /// Issues a token.
    /// - Returns: The token's text, as long as real ones are: several kilobytes.
    mutating func issue(to identity: CallerIdentity, isProjectScoped: Bool, now: Int64) -> String {
        issued += 1
        let text = "MIIE" + StableID.hexadecimal(of: "token:\(now):\(issued):\(identity.user.id)", digits: 3000)
        tokens[text] = Token(identity: identity, expiresAt: now + lifetime, isProjectScoped: isProjectScoped)
        return text
    }

    /// Makes every token issued so far invalid, as a changed password does.
    mutating func revokeAll() {
        for text in tokens.keys { tokens[text]?.isRevoked = true }
    }

    func identity(of text: String, now: Int64) throws(APIError) -> CallerIdentity {
        guard let token = tokens[text] else { throw .notAuthenticated("decrypt token fail") }
        guard !token.isRevoked else { throw APIError(401, "ModelArts.0203", "The token is invalid.") }
        guard now < token.expiresAt else { throw .gateway(401, "APIG.0307", "The token must be updated.") }
        guard token.isProjectScoped else { throw APIError(401, "ModelArts.0212", "The token has no project.") }
        return token.identity
    }
}
