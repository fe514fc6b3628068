// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import PolicyFile
import Testing

@Suite("Rules that can never match")
struct ShadowingTests {
    private func isShadowed(_ later: String, by earlier: String, outcome: String = "stop: {}") -> Bool {
        let text = """
            version: 1
            service: {kind: modelarts, region: eu-de, projectID: p}
            marks: {tag: t}
            rules:
              - {name: marked, match: {marked: true, name: only}, exempt: true}
              - {name: earlier, match: \(earlier), \(outcome)}
              - {name: later, match: \(later), exempt: true}
            """
        return load(text).lines.contains {
            $0.hasPrefix("7:5: warning: the rule \"later\" can never match: \"earlier\" at 6:5")
        }
    }

    @Test(arguments: [
        ("{name: a}", "{}"), ("{}", "{}"), ("{name: a}", "{name: a}"), ("{name: a, owner: b}", "{name: a}"),
        ("{name: a}", "{name: [b, a]}"), ("{name: [a, b]}", "{name: [b, c, a]}"),
        ("{name: train-1}", "{name: train-*}"),
        ("{name: train-*}", "{name: '*'}"), ("{runningFor: 2d}", "{runningFor: 1d}"),
        ("{runningFor: 1d}", "{runningFor: 24h}"),
        ("{leaseType: idle}", "{leaseType: [timing, idle]}"), ("{tag: {a: x, b: y}}", "{tag: {b: '*'}}"),
        ("{not: {name: a}, owner: b}", "{not: {name: a}}"), ("{marked: false, name: x}", "{marked: false}"),
    ])
    func `a rule that an earlier one always beats is a warning`(later: String, earlier: String) {
        #expect(isShadowed(later, by: earlier))
    }

    @Test(arguments: [
        ("{}", "{name: '*'}"), ("{name: '*'}", "{name: a}"), ("{name: [a, b]}", "{name: a}"),
        ("{owner: a}", "{name: a}"),
        ("{runningFor: 1d}", "{runningFor: 2d}"), ("{tag: {a: x}}", "{tag: {b: x}}"),
        ("{name: 'train-*'}", "{name: 'tr*'}"),
        ("{marked: true, name: x}", "{marked: false}"), ("{not: {name: a}}", "{not: {name: b}}"),
        ("{leaseType: [timing, idle]}", "{leaseType: idle}"), ("{name: '[a]'}", "{name: '\\[a]'}"),
    ])
    func `nothing is said of a rule that may still match`(later: String, earlier: String) {
        #expect(!isShadowed(later, by: earlier))
    }

    @Test func `a keep-alive that ends lets later rules decide`() {
        #expect(!isShadowed("{name: a}", by: "{}", outcome: "keepAlive: {until: 2030-01-01}"))
        #expect(isShadowed("{name: a}", by: "{}", outcome: "keepAlive: {}"))
    }

    @Test func `a rule for marks without marks, and marks without a rule, are warnings`() {
        let asks = load(policyText(rule: "{name: a, match: {not: {marked: true}}, stop: {}}")).lines
        #expect(asks.count == 1)
        #expect(asks.first?.contains("asks for `marked`, but there is no `marks`") == true)
        let defines = load(policyText(top: "marks: {tag: t}")).lines
        #expect(defines == ["5:1: warning: no rule asks for `marked`, so marks on notebooks have no effect"])
    }
}
