// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The Jupyter API of one notebook, as far as activity probes and browsers use it.
///
/// Behaves as Jupyter Server 2.21: all three ways of giving a token, a login cookie with every reply that a token opened,
/// and the observer effect: reading kernels or terminals moves the server's `last_activity`, unless the request says
/// `no_track_activity=1`.
struct JupyterService {
    let notebook: SimulatedNotebook
    let gateway: CloudSettings.JupyterGateway

    /// Port of the simulator; part of the cookie's name.
    let port: Int
    let now: Int64

    /// An answer, and whether the request counts as activity.
    struct Outcome {
        var answer: WireAnswer
        var touches = false
    }

    /// Answers a request below the notebook's base path.
    /// - Parameters:
    ///   - request: The request as it came.
    ///   - path: What follows `/jupyter/{id}/`, decoded.
    /// - Returns: The answer, and whether the request counts as activity.
    func respond(to request: WireRequest, path: String) -> Outcome {
        guard let start = notebook.runStartedAt, [.running, .snapshotting].contains(notebook.status) else {
            let isComing = notebook.status == .starting || notebook.status == .creating
            return Outcome(answer: .text(isComing ? 503 : 404, "<html>no upstream</html>", type: "text/html"))
        }
        switch notebook.behaviour {
        case .unreachableJupyter:
            return Outcome(answer: .text(503, "<html>Service Unavailable</html>", type: "text/html"))
        case .garbageJupyter:
            return Outcome(answer: .text(200, "<html><body>Please log in.</body></html>", type: "text/html"))
        case .external:
            return Outcome(answer: .text(404, "<html>served elsewhere</html>", type: "text/html"))
        default: break
        }
        guard request.method == "GET" else { return Outcome(answer: .json(405) { $0.object { _ in } }) }
        if path == "api", gateway == .acceptsHeader {
            return Outcome(answer: .json(200) { json in json.object { $0.field("version", "2.21.1") } })
        }
        guard let credential = credential(of: request, path: path) else { return Outcome(answer: Self.forbidden) }
        var outcome = page(path, start: start)
        if outcome.touches, request.queryValue("no_track_activity") == "1" { outcome.touches = false }
        if credential == .token {
            outcome.answer.headers.append(
                WireAnswer.Header("Set-Cookie", "\(cookieName)=\(cookieValue); HttpOnly; Path=/jupyter/\(notebook.id)/")
            )
        }
        return outcome
    }

    private static let forbidden = WireAnswer.json(403) { json in
        json.object { json in
            json.field("message", "Forbidden")
            json.key("reason")
            json.null()
        }
    }

    private enum Credential {
        case token
        case cookie
    }

    /// How the request proves that it may, or `nil`.
    private func credential(of request: WireRequest, path: String) -> Credential? {
        let isVisit = gateway == .acceptsHeader || path == "lab"
        if isVisit, request.queryValue("token") == notebook.token { return .token }
        if gateway == .acceptsHeader, let authorization = request.header("authorization") {
            let parts = authorization.split(separator: " ", maxSplits: 1)
            let scheme = parts.first?.lowercased()
            if parts.count == 2, scheme == "token" || scheme == "bearer", parts[1] == notebook.token { return .token }
        }
        let cookies = request.header("cookie")?.split(separator: ";").map { $0.drop { $0 == " " } } ?? []
        return cookies.contains { $0 == "\(cookieName)=\(cookieValue)" } ? .cookie : nil
    }

    private var cookieName: String { "username-127-0-0-1-\(port)" }

    /// Follows from the token, so that a cookie dies with the run for which it was made.
    private var cookieValue: String { StableID.hexadecimal(of: "cookie:" + notebook.token, digits: 40) }

    private func page(_ path: String, start: Int64) -> Outcome {
        let activity = notebook.behaviour.activity(runStartedAt: start, now: now)
        switch path {
        case "api": return Outcome(answer: .json(200) { json in json.object { $0.field("version", "2.21.1") } })
        case "api/status": return Outcome(answer: status(activity))
        case "api/kernels": return Outcome(answer: .json(200) { kernels(activity, &$0) }, touches: true)
        case "api/terminals": return Outcome(answer: .json(200) { terminals(activity, &$0) }, touches: true)
        case "api/sessions": return Outcome(answer: .json(200) { $0.array { _ in } }, touches: true)
        case "lab", "tree", "": return Outcome(answer: .text(200, "<html>JupyterLab</html>", type: "text/html"))
        default: return Outcome(answer: .text(404, "<html>404 : Not Found</html>", type: "text/html"))
        }
    }

    private func status(_ activity: JupyterActivity) -> WireAnswer {
        .json(200) { json in
            json.object { json in
                json.field("connections", activity.kernels.reduce(0) { $0 + $1.connections })
                json.field("kernels", activity.kernels.count)
                let last = max(activity.lastActivity, notebook.jupyterTouchedAt ?? activity.started)
                json.field("last_activity", CivilTime(last).iso8601WithMicroseconds)
                json.field("started", CivilTime(activity.started).iso8601WithMicroseconds)
            }
        }
    }

    private func kernels(_ activity: JupyterActivity, _ json: inout JSONWriter) {
        json.array { json in
            for (number, kernel) in activity.kernels.enumerated() {
                json.object { json in
                    json.field("id", StableID.uuid(of: "kernel:\(notebook.id):\(notebook.runs):\(number)"))
                    json.field("name", "python3")
                    json.field("last_activity", CivilTime(kernel.lastActivity).iso8601WithMicroseconds)
                    json.field("execution_state", kernel.isBusy ? "busy" : "idle")
                    json.field("connections", kernel.connections)
                }
            }
        }
    }

    private func terminals(_ activity: JupyterActivity, _ json: inout JSONWriter) {
        json.array { json in
            for (number, last) in activity.terminals.enumerated() {
                json.object { json in
                    json.field("name", String(number + 1))
                    json.field("last_activity", CivilTime(last).iso8601WithMicroseconds)
                }
            }
        }
    }
}
