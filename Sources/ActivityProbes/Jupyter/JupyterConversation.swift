// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import NIOHTTP1

/// The requests of one look at one notebook's Jupyter server.
///
/// One after another: kernels, terminals, then the server's own status, so that whatever begins between two requests
/// still moves the last answer; and a refused token is shown once, not three times.
struct JupyterConversation: Sendable {
    let reader: HTTPReader
    let logins: JupyterLogins
    let notebook: NotebookID
    let address: JupyterAddress
    let token: Secret
    let settings: JupyterSettings

    /// How many redirects a login may take.
    private static let mostRedirects = 5

    /// Asks for everything that the evaluation needs, authenticated as the settings say.
    func replies() async throws(ProbeFailure) -> (JupyterReplies, ServerClock) {
        switch settings.authentication {
        case .header:
            var none = CookieJar()
            return try await read(with: &none)
        case .login:
            if var jar = logins.jar(of: notebook, token: token, origin: address.origin) {
                do throws(ProbeFailure) {
                    return try await readLoggedIn(with: &jar)
                } catch {
                    logins.forget(notebook)
                    guard case .refused = error.reason else { throw error }
                }
            }
            var jar = try await login()
            return try await readLoggedIn(with: &jar)
        }
    }

    private func readLoggedIn(
        with jar: inout CookieJar
    ) async throws(ProbeFailure) -> (JupyterReplies, ServerClock) {
        let result = try await read(with: &jar)
        logins.keep(jar, of: notebook, token: token, origin: address.origin)
        return result
    }

    private func read(with jar: inout CookieJar) async throws(ProbeFailure) -> (JupyterReplies, ServerClock) {
        var clocks: [ServerClock] = []
        let kernels = try await ask("kernels", with: &jar, for: [JupyterReplies.Kernel].self, clocks: &clocks)
        guard let kernels else { throw ProbeFailure(.unintelligible("api/kernels: HTTP 404")) }
        var terminals: [JupyterReplies.Terminal] = []
        if settings.terminalIsActive {
            // 404 is how a server answers whose terminals are switched off.
            terminals =
                try await ask("terminals", with: &jar, for: [JupyterReplies.Terminal].self, clocks: &clocks) ?? []
        }
        let status = try await ask("status", with: &jar, for: JupyterReplies.Status.self, clocks: &clocks)
        guard let status else { throw ProbeFailure(.unintelligible("api/status: HTTP 404")) }
        let replies = JupyterReplies(status: status, kernels: kernels, terminals: terminals)
        return (replies, ServerClock(safestOf: clocks))
    }

    /// One of the server's lists; nil for 404.
    private func ask<Value: Decodable>(
        _ name: String,
        with jar: inout CookieJar,
        for type: Value.Type,
        clocks: inout [ServerClock]
    ) async throws(ProbeFailure) -> Value? {
        let label = "api/\(name)"
        let headers = try self.headers(with: jar)
        let reply = try await reader.get(address.api(name), headers: headers, label: label)
        if settings.authentication == .login { jar.take(from: reply) }
        clocks.append(ServerClock(date: reply.headers.first(name: "Date"), receivedAt: reply.receivedAt))
        switch reply.status {
        case 200: return try reply.decoded(type, from: label)
        case 404: return nil
        case 401, 403: throw ProbeFailure(.refused("\(label): HTTP \(reply.status)"))
        case 429, 500...: throw ProbeFailure(.unreachable("\(label): HTTP \(reply.status)"))
        default:
            guard reply.isRedirect else { throw ProbeFailure(.unintelligible("\(label): HTTP \(reply.status)")) }
            throw ProbeFailure(.refused("\(label): HTTP \(reply.status), sent elsewhere instead of answered"))
        }
    }

    private func headers(with jar: CookieJar) throws(ProbeFailure) -> HTTPHeaders {
        var headers: HTTPHeaders = ["Accept": "application/json"]
        switch settings.authentication {
        case .header:
            let text = token.reveal()
            guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw ProbeFailure(.unintelligible("the notebook's token does not fit into a header"))
            }
            headers.add(name: "Authorization", value: "token \(text)")
        case .login:
            headers.add(name: "Cookie", value: jar.header)
            // A request authenticated by cookie must prove that it is not forged by another site, even a GET.
            headers.add(name: "Referer", value: address.referer)
            if let proof = jar["_xsrf"] { headers.add(name: "X-XSRFToken", value: proof.reveal()) }
        }
        return headers
    }

    /// Opens the notebook's page with its token, as a browser would, and returns the cookies that were set.
    ///
    /// Whether they open anything is for the next request to find out: a page that asks for a password is a success
    /// in HTTP, too. The token never goes to another origin.
    private func login() async throws(ProbeFailure) -> CookieJar {
        var jar = CookieJar()
        var location = address.login(with: token)
        for _ in 0...Self.mostRedirects {
            var headers: HTTPHeaders = ["Accept": "text/html"]
            if !jar.isEmpty { headers.add(name: "Cookie", value: jar.header) }
            let reply = try await reader.get(location, headers: headers, label: "login")
            jar.take(from: reply)
            if reply.isRedirect {
                location = try next(after: reply, to: location)
                continue
            }
            switch reply.status {
            case 401, 403: throw ProbeFailure(.refused("login: HTTP \(reply.status)"))
            case 429, 500...: throw ProbeFailure(.unreachable("login: HTTP \(reply.status)"))
            default:
                guard !jar.isEmpty else { throw ProbeFailure(.refused("login: no cookie was set")) }
                return jar
            }
        }
        throw ProbeFailure(.refused("login: more than \(Self.mostRedirects) redirects"))
    }

    private func next(after reply: HTTPReply, to location: HTTPLocation) throws(ProbeFailure) -> HTTPLocation {
        let target = reply.headers.first(name: "Location").flatMap {
            HTTPLocation(reference: $0, answeredBy: location)
        }
        guard let target else { throw ProbeFailure(.refused("login: a redirect to no plain address")) }
        guard target.origin == address.origin else {
            throw ProbeFailure(.refused("login: a redirect to another server"))
        }
        return target
    }
}

extension CookieJar {
    /// Takes in all cookies that a reply sets.
    fileprivate mutating func take(from reply: HTTPReply) {
        for header in reply.headers["Set-Cookie"] { take(header, now: reply.receivedAt) }
    }
}
