// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ActivityProbes
import CurfewCore

/// The pages of a login: the token and the cookies go to the notebook's own server and to nobody else.
enum LoginFamily {
    private static let settings = JupyterSettings(timeout: .seconds(60), authentication: .login)

    static func play(_ bench: Bench, _ random: inout SeededGenerator) async throws -> Bool {
        let host = "127.0.0.1:\(bench.stranger.port)"
        let targets = [
            "http://\(host)/", "http://\(host)/1111/lab", "//\(host)/x", "/\\\(host)/x", "\\\\\(host)\\x",
            "http:\(host)/",
            "http:/\(host)/", "http:///\(host)/", "http://user@\(host)/", "http://\(bench.server.address)@\(host)/",
            "HTTP://\(host)/", " http://\(host)/", "http://\(host)#@\(bench.server.address)/", "/1111/../..//\(host)/",
            "/%2f/\(host)/", "?next=http://\(host)/", "lab", "/1111/lab", "",
            "http://localhost:\(bench.server.port)/1111/",
            "\(bench.server.address)/1111/lab", "http://127.1:\(bench.stranger.port)/",
            "http://[::1]:\(bench.stranger.port)/",
        ]
        let headers =
            targets.map { "Location: \($0)\r\n" } + ["Set-Cookie: a=b\r\n", "Set-Cookie: a=b; Domain=\(host)\r\n"]
        var pages: [Reply] = []
        for _ in 0...random.below(7) {
            if random.chance(40) {
                let cookie = (name: "Set-Cookie", value: "session=secret-of-the-notebook; Path=/")
                let location = (name: "Location", value: random.pick(from: targets) ?? "")
                pages.append(
                    Reply(status: random.pick("302 Found", "303 x", "307 x"), headers: [cookie, location], body: [])
                )
                continue
            }
            let page = try bench.corpus[
                random.pick("jupyter-login", "jupyter-redirect", "jupyter-redirect", "jupyter-login-wrong")
            ]
            pages.append(random.chance(70) ? bench.spoiled(page, heads: 90, tokens: targets + headers, &random) : page)
        }
        var replies: [String: Reply] = [:]
        for name in JupyterFamily.names {
            let recorded = try bench.corpus["jupyter-\(name)"]
            replies[name] = random.chance(20) ? bench.spoiled(recorded, heads: 50, tokens: headers, &random) : recorded
        }
        let (shown, answers) = (pages, replies)
        bench.stranger.answer { _ in Reply(status: "200 OK", headers: [(name: "Set-Cookie", value: "a=b")], body: []) }
        bench.server.answer { request in
            let name = request.path.split(separator: "/").last.map(String.init) ?? ""
            if request.path.contains("/api/"), let answer = answers[name] { return answer }
            return shown[bench.server.requests.count % shown.count]
        }
        let notebook = JupyterFamily.notebook(of: bench)
        let looks = try await bench.withProbe(spoiledHead: true, settings) { probe in
            [
                await probe.observe(notebook, budget: .seconds(3_600)),
                await probe.observe(notebook, budget: .seconds(3_600)),
            ]
        }
        let documents = (pages + Array(replies.values)).map(\.bytes)
        for look in looks { try JupyterFamily.check(look, documents) }
        let (own, foreign) = (bench.server.requests, bench.stranger.requests)
        try promise(foreign.isEmpty, "a stranger is asked: \(foreign.map(\.head))", documents)
        try promise(own.count <= 30, "a login ends: \(own.count) requests", documents)
        for request in own {
            let others = request.head.replacing(request.target, with: "", maxReplacements: 1)
            try promise(!others.contains(JupyterFamily.token), "the token is in the login's address only", documents)
        }
        return looks.contains { $0.activity.isKnown }
    }
}
