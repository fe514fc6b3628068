// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

/// The running daemon's socket, asked as anybody with an HTTP client would.
@Suite(
    .timeLimit(.minutes(10)),
    .enabled("curl is missing") { FileManager.default.fileExists(atPath: "/usr/bin/curl") }
)
struct ControlSocketTests {
    private static let rules = """
          - { name: kept, match: { marked: true }, keepAlive: {} }
          - { name: everyone else, idle: { budget: 3000d } }
        """

    private struct Answer {
        let status: Int
        let body: [String: Any]
    }

    private static func curl(_ workspace: Workspace, _ path: String, _ body: String? = nil) async throws -> Answer {
        let socket = workspace.runtime.appending(path: "control.sock").path()
        let posting = body.map { ["-X", "POST", "-H", "content-type: application/json", "-d", $0] } ?? []
        let result = try await FinishedProcess.run(
            "/usr/bin/curl",
            ["--silent", "--max-time", "100", "--write-out", "\n%{http_code}", "--unix-socket", socket] + posting
                + ["http://curfew/v1/\(path)"]
        )
        let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
        let object = try? JSONSerialization.jsonObject(with: Data((lines.first ?? "").utf8))
        return Answer(status: Int(lines.last ?? "") ?? 0, body: object as? [String: Any] ?? [:])
    }

    private static func withDaemon(
        _ scenario: Scenario = .workingDay(start: SimulatorTime.system.now()),
        _ body: (Daemon, Workspace, RunningSimulator) async throws -> Void
    ) async throws {
        try await withRunningSimulator(scenario, time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: rules))
                try await Daemon.with(workspace) { daemon in
                    let listed = await eventually { () -> Bool? in
                        let answer = try? await curl(workspace, "notebooks")
                        return (answer?.body["notebooks"] as? [Any])?.count == scenario.notebooks.count ? true : nil
                    }
                    try #require(listed == true, "\(daemon.lines)")
                    try await body(daemon, workspace, simulator)
                }
            }
        }
    }

    @Test
    func `what it sees is read, and what persons do is done, told with their name, and undone`() async throws {
        try await Self.withDaemon { daemon, workspace, _ in
            let status = try await Self.curl(workspace, "status")
            #expect(status.status == 200 && status.body["mode"] as? String == "enforce")
            let all = try await Self.curl(workspace, "notebooks").body["notebooks"] as? [[String: Any]]
            let id = try #require(all?.first?["id"] as? String)
            let explanation = try await Self.curl(workspace, "notebooks/\(id)/explanation")
            #expect(explanation.body["rule"] as? String == "everyone else")

            let kept = try await Self.curl(
                workspace,
                "notebooks/\(id)/keep",
                #"{"forSeconds": 3600, "reason": "a long training"}"#
            )
            #expect(kept.status == 200 && kept.body["rule"] as? String == "kept")
            // At once, although the last snapshot is no second old.
            let sequel = try await Self.curl(workspace, "notebooks/\(id)/explanation")
            #expect(sequel.body["rule"] as? String == "kept")
            #expect(try await Self.curl(workspace, "notebooks/\(id)/release", "").status == 200)
            #expect(try await Self.curl(workspace, "notebooks/nothing/release", "").status == 404)

            #expect(try await Self.curl(workspace, "freeze", #"{"reason": "maintenance"}"#).status == 200)
            let frozen = try await Self.curl(workspace, "status").body["freeze"] as? [String: Any]
            #expect(frozen?["reason"] as? String == "maintenance")
            #expect(await daemon.line(NSUserName()) != nil)
            #expect(try await Self.curl(workspace, "thaw", "").status == 200)
            #expect(try await Self.curl(workspace, "thaw", "").status == 409)
            #expect(try await Self.curl(workspace, "approve", "{}").status == 409)
            daemon.signal(SIGTERM)
            #expect(await daemon.exitStatus() == 0)
            #expect(!FileManager.default.fileExists(atPath: workspace.runtime.appending(path: "control.sock").path()))
        }
    }

    @Test
    func `I9: a reload answers with the diagnostics, and a bad policy changes nothing`() async throws {
        try await Self.withDaemon { daemon, workspace, simulator in
            try workspace.writePolicy("version: 1\nrules: nonsense\n")
            let bad = try await Self.curl(workspace, "reload", "")
            #expect(bad.status == 422)
            #expect((bad.body["diagnostics"] as? [String])?.contains { $0.contains("policy.yaml:2:8: error") } == true)
            let good = PolicyText.text(simulator.access, rules: "  - { name: safe, exempt: true }")
            try workspace.writePolicy("\(good)\ncontrol: { operators: no-such-group }\n")
            #expect(try await Self.curl(workspace, "reload", "").status == 200)
            #expect(await daemon.line("policy reloaded by \(NSUserName())") != nil)
            #expect(await daemon.line("this machine has no group no-such-group") != nil)
        }
    }

    @Test
    func `a crowd of which half is stuck makes the daemon hardly larger, and it goes on listing`() async throws {
        let scenario = Scenario.generated(count: 300, seed: 1, start: SimulatorTime.system.now())
        try await Self.withDaemon(scenario) { daemon, workspace, simulator in
            let before = try daemon.memory()
            let socket = workspace.runtime.appending(path: "control.sock").path()
            let result = try await FinishedProcess.run(
                "/usr/bin/env",
                ["python3", Repository.script("control_clients.py"), "crowd", socket, geteuid() == 0 ? "200" : "100"]
            )
            let object = try? JSONSerialization.jsonObject(with: result.output) as? [String: Int]
            let found = try #require(object, "\(result.errors)")
            #expect(found["good"] == found["replies"] && found["hungUp"] == (geteuid() == 0 ? 100 : 50))
            // The stuck ones ask for replies of 200 MB in all, which are kept for none of them.
            #expect(try daemon.memory() - before < 60_000, "kB")
            let listings = simulator.cloud.records.count
            #expect(await eventually { simulator.cloud.records.count > listings ? true : nil } == true)
        }
    }

    @Test
    func `a socket that another daemon listens on is not taken from it`() async throws {
        try await Self.withDaemon { _, workspace, _ in
            let other = workspace.folder.appending(path: "other-state").path()
            try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
            let result = try await curfew(
                ["run", "--log", "stderr", "--state-dir", other, "--runtime-dir", workspace.runtime.path()]
                    + workspace.arguments
            )
            #expect(result.status == 75)
            #expect(result.errors.contains("another process listens on"))
            #expect(try await Self.curl(workspace, "notebooks").status == 200)
        }
    }

    @Test
    func `the daemon does what docs/control-api.yaml says, also to those who ask nonsense`() async throws {
        try await Self.withDaemon { _, workspace, _ in
            let result = try await FinishedProcess.run(
                try Repository.python(),
                [
                    Repository.script("control_api_check.py"), workspace.runtime.appending(path: "control.sock").path(),
                    Repository.root.appending(path: "docs/control-api.yaml").path(),
                ]
            )
            #expect(
                result.status == 0,
                "\(String(decoding: result.output, as: UTF8.self).suffix(6_000))\n\(result.errors)"
            )
        }
    }
}
