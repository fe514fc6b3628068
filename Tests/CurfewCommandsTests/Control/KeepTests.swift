// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlProtocol
import CurfewCore
import Foundation
import TestSupport
import Testing

@testable import CurfewCommands

struct KeepTests {
    private static let now = SampleDecision.noon

    private static func text(until: Timestamp, rule: String? = "kept", isInEffect: Bool = true) throws -> String {
        let name = NotebookName(id: "n1", name: "trainer", owner: "alice")
        let kept = KeptDocument(notebook: name, until: until.description, rule: rule, isInEffect: isInEffect)
        return Keep.text(kept, asked: now + .seconds(86_400), now: now, zone: try #require(TimeZone(identifier: "UTC")))
    }

    @Test
    func `the answer says until when, that the policy allows no longer, and that another rule decides`() throws {
        let day = Self.now + .seconds(86_400)
        #expect(try Self.text(until: day) == "trainer is kept until 2026-11-21 12:00:00 (1d)")
        #expect(
            try Self.text(until: Self.now + .seconds(3_600))
                == "trainer is kept until 13:00:00 (1h); the policy allows no longer (marks.longest)"
        )
        #expect(try Self.text(until: day, rule: "pool", isInEffect: false).contains("the rule 'pool' decides about it"))
        #expect(try Self.text(until: day, rule: nil, isInEffect: false).contains("no rule matches it"))
    }

    @Test(
        arguments: [
            (["keep", "n"], "--reason"), (["keep", "n", "--reason", "r"], "either"),
            (["freeze", "--reason", " "], "empty"), (["freeze", "--reason", "\u{1B}[31m"], "plain text"),
            (["freeze", "--reason", String(repeating: "很", count: 1_001)], "at most 1000"),
            (["keep", "n", "--reason", "r", "--for", "3d", "--until", "2026-12-24"], "either"),
            (["keep", "n", "--reason", "r", "--for", "3"], "span"), (["approve", "--json"], "--yes"),
            (["status", "--sort", "size"], "--sort"),
        ]
    )
    func `a command line that says too little or too much is refused with what is missing`(
        _ arguments: [String],
        _ word: String
    ) {
        #expect {
            try CurfewCommand.parseAsRoot(arguments)
        } throws: {
            CurfewCommand.message(for: $0).contains(word)
        }
    }
}
