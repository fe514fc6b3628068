// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import PolicyFile

/// Policy files: a policy or errors with their places, never both, and never more daring than what is written.
enum PolicyFamily {
    /// What hostile or careless hands type.
    private static let tokens = [
        "&a", "*a", "[", "]", "{", "}", ": ", "? ", "- ", "!!str ", "!x ", "\"", "'", "---\n", "...\n", "%YAML 1.2\n",
        "\t", "\n", "\r", "\r\n", "#", "|\n", ">\n", "|1\n", "<<: ", "\u{FEFF}", "\u{1}", "é", "🎉", "\u{301}", "~",
        "null",
        "-1", "99999999999999999999", "9223372036854775807s", "1e999", "\\", "\"\\u0000\"", "\"\\ud800\"",
        "mode: enforce\n",
        "rules: []\n", "2026-02-30", "0001-01-01", "9999-12-31", "\u{2028}", "\u{85}", "yes", "0x10", "1_000",
        "[[[[[[[[",
        "{a: {a: {a: ", "not: {not: ", "\n  - ", "\n      - ", "budget: 1ms\n", "until: 2026-12-01T00:00:00Z\n", "*",
        "**", "?",
    ]

    static func play(_ bench: Bench, _ random: inout SeededGenerator) throws -> Bool {
        var bytes = random.chance(60) ? bench.corpus.policies[0] : random.pick(from: bench.corpus.policies) ?? []
        let other = random.pick(from: bench.corpus.policies) ?? []
        if random.chance(3) {
            let opening = random.pick("[", "{a: ", "- ", "? ", "a:\n ", "!x ", "\"")
            bytes += Array(String(repeating: opening, count: random.pick(100, 1_000, 20_000)).utf8)
        }
        ByteMutator.mutate(&bytes, tokens: tokens, splicing: other, &random)
        // The loader reads no more of a file, and no file that is not UTF-8.
        let text = String(decoding: bytes.prefix(PolicyLoader.longestFile), as: UTF8.self)
        let load = PolicyLoader().load(text: text, file: "policy.yaml", now: CaseTime.start)
        try check(load, of: text)
        return load.policy != nil
    }

    private static func check(_ load: PolicyLoad, of text: String) throws {
        let document = [Array(text.utf8)]
        let hasErrors = load.diagnostics.contains { $0.severity == .error }
        try promise(hasErrors == (load.policy == nil), "a policy or an error, not both: \(load.diagnostics)", document)
        let lines = text.unicodeScalars.count { ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains($0) } + 1
        for diagnostic in load.diagnostics {
            let isInFile = (1...lines + 1).contains(diagnostic.line) && diagnostic.column >= 1
            try promise(isInFile, "a problem has its place in the file: \(diagnostic)", document)
            try promise(diagnostic.message.isOneHarmlessLine, "a message is one line: \(diagnostic)", document)
            try promise(diagnostic.message.utf8.count < 1_000, "a message is short: \(diagnostic)", document)
        }
        let places = load.diagnostics.map { ($0.line, $0.column) }
        try promise(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 }, "problems come in order", document)
        guard let policy = load.policy else { return }
        try promise(
            policy.mode == .observe || text.lowercased().contains("enforce"),
            "nothing is enforced unasked",
            document
        )
        try promise(policy.rules.allSatisfy { isSafe($0) }, "no budget is nought, no lease is refused", document)
        try promise(
            Set(policy.rules.map(\.name)).count == policy.rules.count,
            "rules have names of their own",
            document
        )
    }

    private static func isSafe(_ rule: Rule) -> Bool {
        switch rule.outcome {
        case .idle(let terms):
            terms.budget > .zero && !terms.evidence.sources.isEmpty
                && LeaseTerms.accepted.contains(terms.lease.extendBy)
        case .keepAlive(let terms): LeaseTerms.accepted.contains(terms.lease.extendBy)
        case .stop, .exempt: true
        }
    }
}
