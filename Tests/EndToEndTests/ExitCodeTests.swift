// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct ExitCodeTests {
    @Test
    func `check prints every problem with its place and exits with 78`() async throws {
        try await Workspace.with { workspace in
            try workspace.writePolicy("version: 1\nmodus: observe\nservice:\n  kind: modelarts\n  pollEvry: 1min\n")
            let result = try await curfew(["check", workspace.policy.path()])
            #expect(result.status == 78)
            let path = workspace.policy.path()
            #expect(result.output.contains("\(path):2:1: error: "))
            #expect(result.output.contains("\(path):5:3: error: "))
            #expect(result.output.contains("mode"))
        }
    }

    @Test
    func `check accepts the example policy without a word`() async throws {
        let example = Repository.root.appending(path: "config/policy.example.yaml").path()
        let result = try await curfew(["check", example])
        #expect(result.status == 0)
        #expect(result.output == "")
    }

    @Test
    func `run refuses a bad policy with 78 and its places on standard error`() async throws {
        try await Workspace.with { workspace in
            try workspace.writePolicy("version: 2\n")
            let result = try await curfew(
                ["run", "--log", "stderr", "--runtime-dir", workspace.runtime.path()] + workspace.arguments
            )
            #expect(result.status == 78)
            #expect(result.errors.contains("policy.yaml:1:10: error: "))
        }
    }

    @Test(arguments: ["missing", "open to others", "no directory"])
    func `a secret that is missing or lies open ends with 77 and is named`(_ trouble: String) async throws {
        try await withRunningSimulator(.empty(start: 0), time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(
                    PolicyText.text(simulator.access, rules: "  - { name: all, exempt: true }")
                )
                let secret = workspace.credentials.appending(path: "secret-key")
                if trouble == "missing" { try FileManager.default.removeItem(at: secret) }
                if trouble == "open to others" { try workspace.writeSecret("secret-key", "x", mode: 0o644) }
                let arguments = trouble == "no directory" ? ["--policy", workspace.policy.path()] : workspace.arguments
                let result = try await curfew(
                    [
                        "run", "--log", "stderr", "--state-dir", workspace.state.path(), "--runtime-dir",
                        workspace.runtime.path(),
                    ] + arguments
                )
                #expect(result.status == 77)
                #expect(result.errors.contains(trouble == "no directory" ? "--credentials-dir" : "secret-key"))
            }
        }
    }

    @Test
    func `plan exits with 69 when nobody answers and with 77 when the credentials are refused`() async throws {
        try await withRunningSimulator(.empty(start: 0), time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                let rules = "  - { name: all, exempt: true }"
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: rules))
                try workspace.writeSecret("secret-key", "wrong")
                let refused = try await curfew(["plan"] + workspace.arguments)
                #expect(refused.status == 77)
                #expect(refused.errors.contains("listing"))
                #expect(!refused.errors.contains("wrong\n"))
                let text = PolicyText.text(simulator.access, rules: rules)
                    .replacing(simulator.access.endpoint, with: "http://127.0.0.1:9")
                try workspace.writePolicy(text)
                #expect(try await curfew(["plan"] + workspace.arguments).status == 69)
            }
        }
    }

    @Test
    func `a wrong option ends with 64 and every verb's help has an example`() async throws {
        #expect(try await curfew(["plan", "--nonsense"]).status == 64)
        let verbs = [
            "run", "check", "plan", "explain", "backtest", "demo", "simulator", "status", "keep", "release", "freeze",
            "thaw", "approve", "reload",
        ]
        for verb in verbs {
            let help = try await curfew([verb, "--help"])
            #expect(help.status == 0)
            let hasExample = ["EXAMPLE", "EXAMPLES"].contains { help.output.contains("\($0)\n  curfew \(verb)") }
            #expect(hasExample, "\(verb) has no example")
        }
    }

    @Test(
        arguments: [
            ["status"], ["status", "--watch"], ["thaw"], ["reload"], ["approve", "--yes"], ["freeze", "--reason", "r"],
            ["keep", "n", "--for", "1d", "--reason", "r"], ["release", "n"],
            ["explain", "n"],
        ]
    )
    func `a verb that asks the daemon ends with 69 where none runs, and says what to do`(
        _ arguments: [String]
    ) async throws {
        try await withTemporaryFolder { folder in
            let result = try await curfew(arguments + ["--runtime-dir", folder.path()])
            #expect(result.status == 69)
            #expect(result.errors.contains("systemctl status curfew") && result.errors.contains("--runtime-dir"))
            #expect(result.output == "")
        }
    }
}
