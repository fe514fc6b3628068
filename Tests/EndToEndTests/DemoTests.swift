// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
struct DemoTests {
    @Test
    func `the demonstration tells a day in plain lines where there is no terminal, and ends by itself`() async throws {
        let result = try await FinishedProcess.run(Repository.product("curfew"), ["demo", "--seconds", "45"])
        let output = String(decoding: result.output, as: UTF8.self)
        #expect(result.status == 0, "\(result.errors)")
        #expect(!output.contains("\u{1B}"))
        let lines = output.split(separator: "\n").map(String.init)
        func line(_ parts: String...) -> String? { lines.first { line in parts.allSatisfy { line.contains($0) } } }
        #expect(line("vision-finetune", "warned") != nil)
        #expect(line("vision-finetune", "STOPPED", "budget 30min") != nil)
        #expect(line("speech-features", "lease prolonged") != nil)
        #expect(line("eval-nightly", "lease prolonged") != nil)
        #expect(line("course-101", "never touched") != nil)
        #expect(line("broken-image", "does not answer") != nil)
        #expect(line("train-llm-lora", "STOPPED") == nil)
        #expect(line("The day in short") != nil)
        #expect(line("0 leases ran out") != nil)
    }

    @Test
    func `the simulator's first line tells how to reach it, and plan reaches it`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "curfew-\(UUID().uuidString).json")
        #expect(FileManager.default.createFile(atPath: folder.path(), contents: nil))
        defer { try? FileManager.default.removeItem(at: folder) }
        let simulator = try RunningProcess(
            Repository.product("curfew"),
            ["simulator", "--notebooks", "120", "--secret-key", "another"],
            environment: [:],
            output: try FileHandle(forWritingTo: folder)
        )
        let access: [String: String]? = await eventually {
            try? JSONDecoder().decode([String: String].self, from: Data(contentsOf: folder))
        }
        let keys = [
            "endpoint", "iamEndpoint", "metadataEndpoint", "projectID", "accessKey", "secretKey", "user", "password",
        ]
        #expect(Set(access?.keys.map { $0 } ?? []) == Set(keys))
        #expect(access?["secretKey"] == "another")
        try await Workspace.with { workspace in
            try workspace.writeSecret("access-key", access?["accessKey"] ?? "")
            try workspace.writeSecret("secret-key", "another")
            try workspace.writePolicy(
                """
                version: 1
                service:
                  kind: modelarts
                  endpoint: \(access?["endpoint"] ?? "")
                  projectID: \(access?["projectID"] ?? "")
                  credentials: { kind: accessKey }
                evidence: { jupyter: { kind: jupyter } }
                rules: [{ name: all, idle: { budget: 1h } }]
                """
            )
            let plan = try await FinishedProcess.run(Repository.product("curfew"), ["plan"] + workspace.arguments)
            #expect(plan.status == 0, "\(plan.errors)")
            #expect(String(decoding: plan.output, as: UTF8.self).contains("120 notebooks"))
        }
        simulator.signal(SIGTERM)
        #expect(await simulator.exitStatus() == 0)
    }
}
