// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ActivityProbes
import CurfewCore
import CurfewEngine

/// A metrics service's replies: garbage is unknown, and nothing is idle without a number that says so (D1, D3, D4).
enum MetricsFamily {
    private static let budget = Duration.seconds(1_200)
    private static let tokens = [
        "\"NaN\"", "\"+Inf\"", "\"-Inf\"", "\"0x1p9\"", "\"1e999\"", "1795245330.021", "1e300", "\"warnings\":[\"x\"],",
        "\"resultType\":\"matrix\"", "\"success\"", "\"error\"", "\"histogram\":", "\"value\":", "\"metric\":{}",
        "\"id\":",
    ]

    static func play(_ bench: Bench, _ random: inout SeededGenerator) async throws -> Bool {
        var window = try bench.corpus["prometheus-window"]
        var lag = try bench.corpus["prometheus-lag"]
        let spoiled = random.below(6)
        if spoiled < 4 { window = bench.spoiled(window, tokens: tokens, &random) }
        if spoiled == 3 || spoiled == 4 { lag = bench.spoiled(lag, tokens: tokens, &random) }
        if spoiled == 5 { lag = bench.spoiled(try bench.corpus["prometheus-refusal"], heads: 30, &random) }
        let (answeredWindow, answeredLag) = (window, lag)
        bench.server.answer { $0.target.contains("1500s") ? answeredWindow : answeredLag }
        let settings = PrometheusSettings(
            endpoint: bench.server.address,
            query: "max_over_time(use[{window}])",
            notebookLabel: "id",
            activeAbove: 1,
            timeout: .seconds(60)
        )
        let documents = [window.bytes, lag.bytes]
        let isSpoiled = !window.hasOwnHead || !lag.hasOwnHead
        let notebooks = ["aaaa", "bbbb", "cccc", "dddd"].map { NotebookID("\($0)1111-2222-4333-8444-555555555555") }
        let looks = try await bench.withMetrics(spoiledHead: isSpoiled, settings) { probe in
            let view = await probe.survey(budgets: [budget])[budget]
            return notebooks.compactMap { view?.observation(of: $0) }
        }
        try promise(looks.count == notebooks.count, "there is a look at every notebook", documents)
        try promise(bench.server.requests.count <= 2, "I12: a round has two requests at most", documents)
        for (notebook, look) in zip(notebooks, looks) {
            try JupyterFamily.check(look, documents)
            guard case .idle(let since) = look.activity else { continue }
            try promise(
                since == look.observedAt - budget - settings.lag,
                "D3: idle since the beginning of the window: \(since)",
                documents
            )
            // What a spoiled head makes of its body is anybody's guess.
            for reply in [window, lag] where reply.hasOwnHead { try check(notebook, reply, settings, documents) }
        }
        return looks.contains { $0.activity.isKnown }
    }

    /// Checks that a reply says of a notebook, for now, that it is idle.
    private static func check(
        _ notebook: NotebookID,
        _ reply: Reply,
        _ settings: PrometheusSettings,
        _ documents: [[UInt8]]
    ) throws {
        let tree = JSONParser.parse(reply.body)
        // Of a key that is there twice, either value may count.
        guard let tree, !tree.hasRepeatedKeys else { return }
        try promise(tree["status"]?.string == "success", "D1: idle rests on a success only", documents)
        try promise((tree["warnings"]?.elements ?? []).isEmpty, "D1: idle rests on no part of an answer", documents)
        let samples = (tree["data"]?["result"]?.elements ?? []).filter {
            $0["metric"]?["id"]?.string == notebook.text
        }
        try promise(!samples.isEmpty, "D3: idle rests on a series of the notebook", documents)
        for sample in samples {
            let pair = sample["value"]?.elements ?? []
            let value = pair.dropFirst().first?.string.flatMap(Double.init) ?? .nan
            try promise(value <= settings.activeAbove, "D4: \(value) is not idle", documents)
            guard case .number(let text)? = pair.first, let seconds = Double(text) else {
                throw BrokenPromise(text: "D4: idle rests on a time", documents: documents)
            }
            let skew = abs(seconds - Double(CaseTime.start.milliseconds) / 1_000)
            try promise(skew < 61, "D4: idle rests on an answer of \(skew) s from now", documents)
        }
    }
}
