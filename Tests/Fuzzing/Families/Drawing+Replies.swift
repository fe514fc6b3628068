// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension Bench {
    /// A recorded reply with its body spoiled, in its bytes or in its structure, and at times its head.
    func spoiled(
        _ reply: Reply,
        heads: Int = 10,
        tokens: [String] = [],
        _ random: inout SeededGenerator
    ) -> Reply {
        var reply = reply
        let splice = random.pick(from: corpus.all) ?? reply
        if random.chance(heads) {
            reply.spoilHead(tokens: tokens, splicing: splice, &random)
            if random.chance(50) { return reply }
        }
        if let tree = JSONParser.parse(reply.body), random.chance(60) {
            reply.body = mutator.mutate(tree, &random).written(&random)
        } else {
            ByteMutator.mutate(&reply.body, tokens: tokens + Self.tokens, splicing: splice.body, &random)
        }
        return reply
    }

    /// What stands in JSON, whole and broken.
    private static let tokens = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "\\ud83d\\ude00", "\\x", "null", "true",
        "false", "nul", "NaN", "Infinity", "-", "0", "00", "1e", "1e9", "1E400", "-0", "9223372036854775808", "1.",
        ".5",
        " ", "\t", "\n", "\u{B}", "\u{FEFF}", "//", "/*", "'", "<html>", "\"id\":", "\"tags\":[],",
        "\"status\":\"RUNNING\",",
        "\"execution_state\":\"idle\",", "\"last_activity\":\"2026-11-20T22:10:43Z\",", "{}", "[]", "[[[[[[[[",
        "{\"a\":{\"a\":",
    ]
}
