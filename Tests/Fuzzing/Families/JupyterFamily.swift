// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ActivityProbes
import CurfewCore

/// A Jupyter server's replies: garbage is unknown, and nothing is idle for longer than its server said (D1 to D4).
enum JupyterFamily {
    static let names = ["kernels", "terminals", "status"]
    static let token = "tok-canary-000000000000000000001"

    static func play(_ bench: Bench, _ random: inout SeededGenerator) async throws -> Bool {
        let spoiled = random.below(8)
        var replies: [String: Reply] = [:]
        for (index, name) in names.enumerated() {
            let recorded = try bench.corpus["jupyter-\(name)"]
            let isSpoiled = spoiled == index || spoiled >= 6 || spoiled == 5 && random.chance(50)
            replies[name] = isSpoiled ? bench.spoiled(recorded, heads: 15, &random) : recorded
        }
        let settings = JupyterSettings(
            timeout: .seconds(60),
            busyKernelIsActive: random.chance(90),
            connectionIsActive: random.chance(20),
            terminalIsActive: random.chance(80)
        )
        let look = try await look(bench, replies, settings)
        let documents = names.compactMap { replies[$0]?.bytes }
        try check(look, documents)
        try promise(bench.server.requests.count <= 3, "a look has three requests at most", documents)
        try promise(
            bench.server.requests.allSatisfy { $0.target.hasSuffix("?no_track_activity=1") },
            "D20: a look is no activity",
            documents
        )
        try checkIdleness(look, replies, settings)
        return look.activity.isKnown
    }

    /// Checks what holds for every look, whatever it looked at.
    static func check(_ look: Observation, _ documents: [[UInt8]]) throws {
        let text = "\(look.activity) \(look.detail)"
        try promise(!text.contains(token), "I11: a look tells the token: \(text)", documents)
        try promise(text.isOneHarmlessLine && text.utf8.count < 500, "a look is told in one line: \(text)", documents)
        if case .idle(let since) = look.activity {
            try promise(since <= look.observedAt, "nothing was last used in the future: \(since)", documents)
        }
        if let start = look.serverStartedAt {
            try promise(start <= look.observedAt, "no server starts in the future: \(start)", documents)
        }
    }

    private static func look(
        _ bench: Bench,
        _ replies: [String: Reply],
        _ settings: JupyterSettings
    ) async throws -> Observation {
        bench.server.answer { request in
            let name = request.path.split(separator: "/").last.map(String.init) ?? ""
            return replies[name] ?? Reply(status: "404 Not Found", body: [])
        }
        let notebook = Self.notebook(of: bench)
        let isSpoiled = replies.values.contains { !$0.hasOwnHead }
        return try await bench.withProbe(spoiledHead: isSpoiled, settings) {
            await $0.observe(notebook, budget: .seconds(3_600))
        }
    }

    /// The notebook whose server the bench plays.
    static func notebook(of bench: Bench) -> Notebook {
        Notebook(
            id: NotebookID("1111"),
            name: "nb",
            status: .running,
            access: JupyterAccess(url: "\(bench.server.address)/1111/lab", token: Secret(token))
        )
    }

    /// Checks a look that says idle against what the documents say.
    private static func checkIdleness(
        _ look: Observation,
        _ replies: [String: Reply],
        _ settings: JupyterSettings
    ) throws {
        guard case .idle(let since) = look.activity else { return }
        let documents = names.compactMap { replies[$0]?.bytes }
        // What a spoiled head makes of its body is anybody's guess, but for a body that is as it was.
        let readable = replies.filter { $0.value.hasOwnHead }
        let words = readable.mapValues { JupyterWords($0.body) }
        for (name, said) in words where name != "terminals" || settings.terminalIsActive {
            try promise(said != nil, "idle rests on nothing that cannot be read (\(name))", documents)
        }
        if let kernels = words["kernels"] ?? nil {
            try promise(kernels.mayAllBeIdle(settings), "no kernel in use is idle", documents)
            try promise(since >= kernels.latestUse, "\(since) is before a kernel's use \(kernels.latestUse)", documents)
        }
        if settings.terminalIsActive, let terminals = words["terminals"] ?? nil {
            try promise(since >= terminals.latestUse, "\(since) is before a terminal's use", documents)
        }
    }
}

extension Activity {
    /// Whether the look told anything.
    var isKnown: Bool { if case .unknown = self { false } else { true } }
}
