// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Who may call the cloud: access keys, IAM users with passwords, their tokens, and the agency of the simulated server.
struct AccessDirectory: Sendable {
    /// A permanent access key.
    struct Key: Sendable {
        var secret: String
        var identity: CallerIdentity
    }

    /// An IAM user who signs in with a password.
    struct User: Sendable {
        var password: String
        var identity: CallerIdentity
    }

    /// How far `X-Sdk-Date` may be from the gateway's clock, in milliseconds.
    static let toleratedSkew: Int64 = 900_000

    /// How many failures in a row an access key survives.
    static let toleratedFailures = 5

    /// How long a locked access key stays locked, in milliseconds.
    static let lockLength: Int64 = 300_000

    let projectID: String
    var keys: [String: Key]
    var users: [String: User]
    var metadata: MetadataService
    var tokens = TokenOffice()
    private var failures: [String: Failures] = [:]

    private struct Failures {
        var count = 0
        var lockedUntil: Int64?
    }

    init(projectID: String, keys: [String: Key], users: [String: User], metadata: MetadataService) {
        self.projectID = projectID
        self.keys = keys
        self.users = users
        self.metadata = metadata
    }

    /// Finds out who sends a request, by its signature or its token.
    mutating func authenticate(_ request: WireRequest, now: Int64) throws(APIError) -> CallerIdentity {
        if let authorization = request.header("authorization"), authorization.hasPrefix("SDK-HMAC-SHA256") {
            guard let signature = RequestSignature(authorization: authorization) else {
                throw .notAuthenticated("authorization header format error")
            }
            return try check(signature, of: request, now: now)
        }
        guard let token = request.header("x-auth-token") else {
            throw .notAuthenticated("x-auth-token not found")
        }
        return try tokens.identity(of: token, now: now)
    }

    private mutating func check(
        _ signature: RequestSignature,
        of request: WireRequest,
        now: Int64
    ) throws(APIError) -> CallerIdentity {
        let accessKey = signature.accessKey
        if let lockedUntil = failures[accessKey]?.lockedUntil {
            guard now >= lockedUntil else {
                throw .notAuthenticated("AK access failed to reach the limit,forbidden")
            }
            failures[accessKey] = nil
        }
        do throws(APIError) {
            let identity = try verify(signature, of: request, now: now)
            failures[accessKey] = nil
            return identity
        } catch {
            var record = failures[accessKey, default: Failures()]
            record.count += 1
            if record.count > Self.toleratedFailures { record.lockedUntil = now + Self.lockLength }
            failures[accessKey] = record
            throw error
        }
    }

    private func verify(
        _ signature: RequestSignature,
        of request: WireRequest,
        now: Int64
    ) throws(APIError) -> CallerIdentity {
        let secret: String
        let identity: CallerIdentity
        if let key = keys[signature.accessKey] {
            (secret, identity) = (key.secret, key.identity)
        } else if let temporary = metadata.credential(accessKey: signature.accessKey) {
            guard now >= temporary.issuedAt, now < temporary.expiresAt else {
                throw .notAuthenticated("the temporary AK has expired")
            }
            guard request.header("x-security-token") == temporary.securityToken else {
                throw .notAuthenticated("verify security token fail")
            }
            (secret, identity) = (temporary.secret, metadata.identity)
        } else {
            throw .notAuthenticated("AK not found")
        }
        guard let text = request.header("x-sdk-date"), let date = CivilTime.instant(basic: text) else {
            throw .notAuthenticated("x-sdk-date is missing or malformed")
        }
        guard abs(now - date) <= Self.toleratedSkew else { throw .notAuthenticated("signature expired") }
        guard signature.isValid(for: request, secret: secret) else {
            throw .notAuthenticated("verify aksk signature fail")
        }
        return identity
    }
}
