// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import CurfewCore
import CurfewEngine
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// Exchanges a user's password for a token at IAM (ModelArts API reference, section 10.1).
struct PasswordTokens: Sendable {
    let user: String
    let domain: String
    let password: Secret
    let projectID: String
    let address: ServiceAddress
    let requests: GuardedExchange
    let bodyLimit: Int

    /// A token is some kilobytes; a header beyond this is none.
    private static let longestToken = 64 << 10

    /// Fetches a token of the project.
    func fetch() async throws(ServiceFailure) -> RenewingIdentity.Fetched {
        let answer = try await requests.send(
            .getToken,
            bodyLimit: bodyLimit,
            text: ServerText(secrets: [password]),
            request: request
        )
        switch answer {
        case .silence(let failure): throw .noReply(failure, to: .getToken)
        case .refusal(let report):
            if case .throttled(let span?) = report.failure.kind {
                requests.pause.extend(for: span, now: requests.time.now)
            }
            throw report.failure
        case .reply(let reply):
            guard
                let token = reply.headers.first(name: "x-subject-token"),
                (1...Self.longestToken).contains(token.utf8.count),
                token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
                let life = TokenLife(reply.body ?? [], now: requests.time.now)
            else {
                throw ServiceFailure(
                    .unintelligible,
                    doing: Operation.getToken.doing,
                    explanation: "the reply has no token or no expiry; check that service.credentials.iamEndpoint is "
                        + "the address of IAM",
                    status: reply.status
                )
            }
            return RenewingIdentity.Fetched(
                identity: .token(Secret(token)),
                renewAt: life.renewAt,
                expiresAt: life.expiresAt
            )
        }
    }

    private func request() -> HTTPClientRequest {
        let path = address.basePath.hasSuffix("/v3") ? address.basePath : address.basePath + "/v3"
        var request = HTTPClientRequest(url: address.url(path: path + "/auth/tokens", query: "nocatalog=true"))
        request.method = .POST
        request.headers.add(name: "host", value: address.authority)
        request.headers.add(name: "content-type", value: "application/json;charset=utf8")
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "user-agent", value: RequestForm.userAgent)
        request.body = .bytes(ByteBuffer(bytes: body))
        return request
    }

    private var body: [UInt8] {
        let content = TokenRequest(user: user, domain: domain, password: password.reveal(), project: projectID)
        // Encoding texts cannot fail; an empty body would be refused by IAM with a clear error.
        return (try? Array(JSONEncoder().encode(content))) ?? []
    }
}

/// The times of a token, counted on this machine's clock, so that a clock that is wrong does not matter.
private struct TokenLife {
    let renewAt: Timestamp
    let expiresAt: Timestamp

    private enum Field {
        case token
        case issuedAt
        case expiresAt
    }

    private static let keys: JSONKeys<Field> = JSONKeys([
        "token": .token, "issued_at": .issuedAt, "expires_at": .expiresAt,
    ])

    /// Reads the description of a token; nil when it does not tell when the token ends.
    init?(_ body: [UInt8], now: Timestamp) {
        var times: [Field: Timestamp] = [:]
        do {
            var reader = JSONReader(body)
            try Self.read(&reader, into: &times)
            try reader.finish()
        } catch {
            return nil
        }
        guard let end = times[.expiresAt] else { return nil }
        let life = times[.issuedAt].map { end - $0 } ?? end - now
        expiresAt = now + life
        renewAt = expiresAt - max(min(.seconds(30 * 60), life / 2), life / 10)
    }

    private static func read(_ reader: inout JSONReader, into times: inout [Field: Timestamp]) throws(JSONSyntaxError) {
        guard try reader.enterObject() else { return }
        while let key = try reader.nextKey() {
            switch keys[key] {
            case .token: try read(&reader, into: &times)
            case let field?: times[field] = try reader.text().flatMap { Timestamp(rfc3339: $0) }
            case nil: try reader.skip()
            }
        }
    }
}

/// The body of the request, in IAM's form.
private struct TokenRequest: Encodable {
    struct Name: Encodable {
        let name: String
    }

    struct User: Encodable {
        let name: String
        let password: String
        let domain: Name
    }

    struct Identity: Encodable {
        let methods: [String]
        let password: [String: User]
    }

    struct Project: Encodable {
        let id: String
    }

    struct Auth: Encodable {
        let identity: Identity
        let scope: [String: Project]
    }

    let auth: Auth

    init(user: String, domain: String, password: String, project: String) {
        let user = User(name: user, password: password, domain: Name(name: domain))
        auth = Auth(
            identity: Identity(methods: ["password"], password: ["user": user]),
            scope: ["project": Project(id: project)]
        )
    }
}
