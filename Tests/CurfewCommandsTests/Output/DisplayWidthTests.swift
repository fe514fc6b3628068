// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CurfewCommands

struct DisplayWidthTests {
    @Test(arguments: [
        ("trainer-7", 9), ("", 0), ("Größe", 5), ("e\u{301}te\u{301}", 3), ("训练", 4), ("ノート", 6), ("ﾉｰﾄ", 3),
        ("노트북", 6),
        ("\u{1112}\u{1161}\u{11AB}", 2), ("🚀", 2), ("🇩🇪", 2), ("👍🏽", 2), ("❤️", 2), ("❤", 1), ("█▌", 2), ("…", 1),
        ("Ａ", 2), ("नमस्ते", 3), ("𠀀", 2), ("\u{200B}", 0), ("☎", 1), ("⏰", 2), ("אבג", 3),
    ])
    func `a text takes the columns that a terminal gives it`(_ text: String, _ width: Int) {
        #expect(DisplayWidth.of(text) == width, "\(text)")
    }

    @Test(arguments: [
        ("trainer-of-alice", 8, "trainer…"), ("训练任务", 6, "训练…"), ("训练任务", 8, "训练任务"), ("short", 8, "short"),
        ("abc", 1, "…"),
    ])
    func `a text that is cut keeps within its columns and shows that something is missing`(
        _ text: String,
        _ limit: Int,
        _ expected: String
    ) {
        #expect(text.cut(toWidth: limit, mark: "…") == expected)
    }

    @Test
    func `wrapping loses no word, also where one is longer than the line`() {
        let text = "idle for 1h 3min, budget 1h; verylongwordwithoutanyspace 训练任务训练任务"
        for limit in 1...80 {
            let lines = text.wrapped(toWidth: limit)
            #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
            #expect(lines.allSatisfy { DisplayWidth.of($0) <= max(limit, 2) }, "\(limit): \(lines)")
        }
    }
}
