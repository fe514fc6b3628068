// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import PolicyFile
import Testing

@Suite("What proofs about rules may cost", .timeLimit(.minutes(20)))
struct ProofEffortTests {
    /// What loading a policy of these rules, written as their matches, came to.
    private func load(_ matches: [String], effort: ProofEffort) -> PolicyLoad {
        let rules = matches.enumerated().map { "  - {name: r\($0.offset), match: \($0.element), exempt: true}\n" }
        let text = """
            version: 1
            service: {kind: modelarts, region: eu-de, projectID: p}
            rules:
            \(rules.joined())
            """
        return PolicyLoader().load(text: text, file: "policy.yaml", now: loadingTime, effort: effort)
    }

    /// Rules as large sites write them, by team, project and flavor.
    private func site(_ count: Int) -> [String] {
        (0..<count).map { number in
            let condition =
                switch number % 4 {
                case 0: "name: ['train-\(number)-*', 'eval-\(number)-?*', '*-\(number)-final']"
                case 1: "owner: [user-\(number), user-\(number + 1), 'guest-\(number)-*']"
                case 2: "tag: {project: 'p-\(number)-*', stage: [dev, test]}"
                default: "not: {name: '*-\(number)-*', workspace: 'w\(number)'}"
                }
            return "{\(condition), flavor: ['*.gpu.v100', '*.npu.*', 'modelarts.vm.cpu.\(number % 7)u']}"
        }
    }

    @Test func `the effort of a load is enough for a policy of a thousand rules`() {
        let effort = ProofEffort()
        let lines = load(site(1_000) + ["{owner: user-1, flavor: a.gpu.v100}"], effort: effort).lines
        #expect(
            lines == [
                "1004:5: warning: the rule \"r1000\" can never match: \"r1\" at 5:5 matches all of its notebooks first"
            ]
        )
        #expect(effort.steps < ProofEffort.ofOneLoad * 3 / 4)
    }

    private static let hostile: [[String]] = [
        // Nearly the same for long, so that nothing tells them apart early.
        (0..<300).map { "{name: '*a?b*c?[d-x]*e?f*\($0 % 7)*a*b*\($0)*'}" },
        // Alternatives that multiply.
        (0..<150).map { "{not: {name: 'a\($0)*', owner: 'b\($0)*', tag: {k\($0 % 9): 'c*'}, not: {pool: 'd\($0)*'}}}" },
        // One list of a thousand wildcards, and one long set.
        ["{name: [\((0..<1_000).map { "'*\($0)*x?\($0)*'" }.joined(separator: ", "))]}"],
        (0..<40).map {
            "{name: '*[\(String(String.UnicodeScalarView((0x4E00..<0x5E00).compactMap(Unicode.Scalar.init))))]\($0)*'}"
        },
        // No conditions at all.
        Array(repeating: "{}", count: 3_000),
    ]

    @Test(arguments: hostile.indices)
    func `no policy takes more than the effort that it is given`(index: Int) {
        let effort = ProofEffort(1_000_000)
        #expect(load(Self.hostile[index], effort: effort).policy != nil)
        #expect(effort.steps < 1_500_000)
    }

    @Test func `without effort left nothing is proved, and the policy is good all the same`() {
        let effort = ProofEffort(0)
        let load = load(
            ["{name: 'a*'}", "{name: ab}", "{name: ['a*', ab]}", "{name: a, not: {name: a}}"],
            effort: effort
        )
        #expect(load.policy != nil)
        #expect(load.lines == [])
        #expect(effort.steps < 100)
    }
}
