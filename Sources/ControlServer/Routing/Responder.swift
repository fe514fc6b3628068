// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// Answers requests: finds the endpoint, checks the right, reads the parameters, asks the backend.
struct Responder: Sendable {
    let backend: any ControlBackend
    let access: AccessRules

    func reply(to request: Request) async -> Reply {
        do throws(ControlProblem) {
            guard let endpoint = Endpoint(path: request.path) else {
                // Whoever may not read is not told what there is.
                try await access.check(.read, request.peer, operators: backend.operators)
                let pages = "there is nothing at this address; docs/control-api.yaml lists what there is, under /v1/"
                throw ControlProblem(.notFound, code: "no-such-address", pages)
            }
            try await access.check(endpoint.isAct ? .act : .read, request.peer, operators: backend.operators)
            if let other = methodReply(endpoint, request.head.method) { return other }
            try Negotiation.check(request.head.headers, endpoint)
            return try await answer(endpoint, request)
        } catch {
            return .problem(error)
        }
    }

    /// The reply to `OPTIONS` and to methods that the endpoint does not take; nil for the others.
    private func methodReply(_ endpoint: Endpoint, _ method: HTTPMethod) -> Reply? {
        let allow: HTTPHeaders = ["allow": endpoint.methods.joined(separator: ", ")]
        if method == .OPTIONS { return .whole(.noContent, allow, ByteBuffer()) }
        if endpoint.methods.contains(method.rawValue) { return nil }
        let text = "\(method.rawValue) is not for this address, which takes \(endpoint.methods.joined(separator: ", "))"
        return .problem(ControlProblem(.methodNotAllowed, code: "method-not-allowed", text), headers: allow)
    }

    private func answer(_ endpoint: Endpoint, _ request: Request) async throws(ControlProblem) -> Reply {
        let query = try Query(request.query, known: endpoint.parameters)
        if endpoint.isAct { return .content(try await done(endpoint, request)) }
        switch endpoint {
        case .events: return .events(backend.statusUpdates(try query.statusFilter))
        default: return content(try await read(endpoint, query), request)
        }
    }

    private func read(_ endpoint: Endpoint, _ query: Query) async throws(ControlProblem) -> ControlContent {
        switch endpoint {
        case .notebooks: try await backend.notebooks()
        case .explanation(let notebook): try await backend.explanation(of: notebook, at: try query.instant("at"))
        case .history: try await backend.history(try query.history)
        case .report: try await backend.report(try query.report)
        default: try await backend.status(try query.statusFilter)
        }
    }

    private func done(_ act: Endpoint, _ request: Request) async throws(ControlProblem) -> ControlContent {
        let person = await access.name(of: request.peer)
        let body = ControlBody(request.body)
        return switch act {
        case .keep(let notebook): try await backend.keep(notebook, body, by: person)
        case .release(let notebook): try await backend.release(notebook, by: person)
        case .freeze: try await backend.freeze(body, by: person)
        case .thaw: try await backend.thaw(by: person)
        case .approve: try await backend.approve(body, by: person)
        default: try await backend.reload(by: person)
        }
    }

    /// The content, or that the client has it already.
    private func content(_ content: ControlContent, _ request: Request) -> Reply {
        guard let version = content.version else { return .content(content) }
        let known = request.head.headers[canonicalForm: "if-none-match"]
        guard known.contains(where: { $0 == "*" || $0.hasSuffix("\"\(version)\"") }) else { return .content(content) }
        return .whole(.notModified, ["etag": "\"\(version)\"", "cache-control": "no-cache"], ByteBuffer())
    }
}
