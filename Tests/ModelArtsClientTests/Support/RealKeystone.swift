// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import TestSupport

@testable import ModelArtsClient

/// A real Keystone, which is what the cloud's IAM is, in a process and a folder of its own.
///
/// It needs the Python environment that `make deps` builds in `.venv`. It locks a user after five wrong passwords.
struct RealKeystone: Sendable {
    /// What `serve_keystone.py` tells when it listens.
    private struct Announcement: Decodable {
        let url: String
        let domain: String
        let project: String
        let user: String
    }

    /// Whom a token stands for, by Keystone's own word.
    struct Holder: Decodable, Equatable {
        let user: String
        let project: String

        init(user: String, project: String) {
            self.user = user
            self.project = project
        }

        init(from decoder: any Decoder) throws {
            struct Reply: Decodable {
                struct Named: Decodable {
                    let id: String
                    let name: String
                }

                struct Token: Decodable {
                    let user: Named
                    let project: Named
                }

                let token: Token
            }
            let token = try Reply(from: decoder).token
            self.init(user: token.user.name, project: token.project.id)
        }
    }

    static let password = "canary-\"pass\"word-1029384756"

    let url: String
    let domain: String
    let project: String
    let user: String
    private let http: HTTPClient

    var holder: Holder { Holder(user: user, project: project) }

    /// Runs `body` with a Keystone whose tokens live for `lifetime`, and ends it afterwards.
    static func with(lifetime: Duration, _ body: (RealKeystone) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let output = try LogFile(in: folder)
            let errors = try LogFile(in: folder)
            let process = try RunningProcess(
                try Repository.python(),
                [Repository.script("serve_keystone.py"), "--lifetime", "\(lifetime.components.seconds)"],
                environment: ["KEYSTONE_PASSWORD": password],
                output: try output.writing(),
                errors: try errors.writing()
            )
            let http = try ModelArtsHTTP.makeClient()
            let result: Result<Void, any Error>
            do {
                let line = await eventually { output.all.first ?? (process.isRunning ? nil : "") }
                guard let line, !line.isEmpty else {
                    throw Failure(text: "Keystone did not start:\n\(errors.all.joined(separator: "\n"))")
                }
                let told = try JSONDecoder().decode(Announcement.self, from: Data(line.utf8))
                let keystone = RealKeystone(
                    url: told.url,
                    domain: told.domain,
                    project: told.project,
                    user: told.user,
                    http: http
                )
                result = .success(try await body(keystone))
            } catch {
                result = .failure(error)
            }
            process.signal(SIGTERM)
            await process.exitStatus()
            try await http.shutdown()
            try result.get()
        }
    }

    /// Whom the token stands for; nil when Keystone refuses it.
    func holder(of token: String) async throws -> Holder? {
        let reply = try await ask(.GET, headers: ["x-auth-token": token, "x-subject-token": token])
        guard reply.status == .ok else { return nil }
        let body = try await reply.body.collect(upTo: 1 << 20)
        return try JSONDecoder().decode(Holder.self, from: Data(body.readableBytesView))
    }

    /// Takes a token back before its end.
    func revoke(_ token: String) async throws {
        let reply = try await ask(.DELETE, headers: ["x-auth-token": token, "x-subject-token": token])
        guard reply.status == .noContent else { throw Failure(text: "revoking a token: \(reply.status)") }
    }

    /// Signs in as another program of the same user would; the status that Keystone answers with.
    func signIn(password: String) async throws -> Int {
        let user: [String: Any] = ["name": user, "password": password, "domain": ["name": domain]]
        let body = ["auth": ["identity": ["methods": ["password"], "password": ["user": user]]]]
        let data = try JSONSerialization.data(withJSONObject: body)
        return Int(try await ask(.POST, headers: ["content-type": "application/json"], body: data).status.code)
    }

    private func ask(_ method: HTTPMethod, headers: HTTPHeaders, body: Data? = nil) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: "\(url)/v3/auth/tokens")
        request.method = method
        request.headers = headers
        request.body = body.map { .bytes(ByteBuffer(bytes: $0)) }
        return try await http.execute(request, timeout: .minutes(2))
    }

    private struct Failure: Error, CustomStringConvertible {
        let text: String
        var description: String { text }
    }
}
