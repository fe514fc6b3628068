// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import PolicyFile

/// What `curfew check` does with a long policy: reading it, and the proofs about its rules.
enum CheckBenchmark {
    /// Milliseconds for a policy of `lines` lines, the median of several runs.
    static func milliseconds(lines: Int) throws -> Double {
        let text = policy(lines: lines)
        var runs: [Double] = []
        for _ in 0..<7 {
            let begin = ContinuousClock.now
            let load = PolicyLoader().load(text: text, file: "benchmark", now: Timestamp(milliseconds: 0))
            let took = ContinuousClock.now - begin
            let found = load.diagnostics.count { $0.message.contains("can never match") }
            guard load.policy != nil, found == 2 else { throw Broken(text: "\(load.diagnostics.prefix(5))") }
            runs.append(took / .milliseconds(1))
        }
        return runs.sorted()[runs.count / 2]
    }

    /// Rules as large sites write them, by team, project and flavor; two of them can never match.
    private static func policy(lines: Int) -> String {
        var text = """
            version: 1
            service: {kind: modelarts, region: eu-de, projectID: p}
            evidence: {jupyter: {kind: jupyter}}
            marks: {tag: keep-alive}
            rules:
              - {name: marked, match: {marked: true}, keepAlive: {}}

            """
        for number in 0..<((lines - 12) / 5) {
            text += """
                  - name: rule \(number)
                    match:
                      \(condition(number))
                      flavor: ["*.gpu.v100", "*.npu.*", "modelarts.vm.cpu.\(number % 7)u"]
                    \(number % 3 == 0 ? "keepAlive: {reason: paper}" : "idle: {budget: 1h, warn: 10min}")

                """
        }
        return text + """
              - {name: old, match: {runningFor: 3d}, stop: {warn: 1h}}
              - {name: older, match: {runningFor: 4d}, stop: {}}
              - {name: impossible, match: {owner: alice, not: {owner: "a*"}}, stop: {}}
              - {name: everyone else, idle: {budget: 1h}}

            """
    }

    private static func condition(_ number: Int) -> String {
        switch number % 4 {
        case 0: "name: [\"train-\(number)-*\", \"eval-\(number)-?*\", \"*-\(number)-final\"]"
        case 1: "owner: [user-\(number), user-\(number + 1), \"guest-\(number)-*\"]"
        case 2: "tag: {project: \"p-\(number)-*\", stage: [dev, test]}"
        default: "not: {name: \"*-\(number)-*\", workspace: \"w\(number)\"}"
        }
    }
}
