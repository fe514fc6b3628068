// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

/// The verbs that ask the running daemon, as a person at a terminal uses them.
@Suite(.timeLimit(.minutes(10)))
struct VerbTests {
    /// Reading: what a person sees before doing anything.
    @Test
    func `status, explain, history and report tell the state of a fleet whose stops are held`() async throws {
        try await VerbFleet.withDaemon { fleet in
            var transcript = Transcript(fleet.workspace)
            try await transcript.run("status")
            try await transcript.run("status", "--owner", "bob", "--sort", "idle")
            try await transcript.run("status", "--rule", "marked by its user")
            try await transcript.run("explain", "forgotten-1")
            try await transcript.run("explain", "训练-llm")
            try await transcript.run("explain", "eval")
            try await transcript.run("explain", "nobody")
            try await transcript.run("approve", "--list")
            #expect(fleet.changed == [])
            try await transcript.run("history")
            try await transcript.run("report", "--by", "owner")
            try await transcript.run("report", "--csv")
            try GoldenText.expect(transcript.lines, "reading")
        }
    }

    /// Acting: each act, its refusals, and what it makes of the state.
    @Test
    func `keep, release, freeze, thaw, approve and reload do what they say, and refuse what is unsafe`() async throws {
        try await VerbFleet.withDaemon { fleet in
            var transcript = Transcript(fleet.workspace)
            try await transcript.run("keep", "dashboard", "--for", "3d", "--reason", "demo on Friday")
            try await transcript.run("explain", "dashboard")
            try await transcript.run("keep", "dashboard", "--for", "90d", "--reason", "for ever")
            try await transcript.run("keep", "f0", "--for", "1d", "--reason", "which one?")
            try await transcript.run("keep", "训练-llm", "--for", "1d", "--reason", "to be sure")
            try await transcript.run("release", "dashboard")
            try await transcript.run("release", "dashboard")
            try await transcript.run("freeze", "--reason", "the storage is being moved")
            try await transcript.run("status", "--owner", "bob")
            try await transcript.run("approve")
            try await transcript.run("approve", "dashboard", "--yes")
            try await transcript.run("approve", "f0", "--yes")
            try await transcript.run("approve", "forgotten-2", "--yes")
            try await transcript.run("thaw")
            try await transcript.run("thaw")
            #expect(await fleet.stops("forgotten-2"))
            try await transcript.run("status", "--owner", "bob")
            try await transcript.run("approve", "--list")
            try await transcript.run("history")
            try await transcript.run("explain", "forgotten-2")
            try fleet.workspace.writePolicy("version: 1\nrules: nonsense\n")
            try await transcript.run("reload")
            try fleet.writePolicy(rules: "  - { name: nobody is stopped, exempt: true }")
            try await transcript.run("reload")
            try await transcript.run("status")
            try await transcript.run("approve", "--yes")
            try await transcript.run("status", "--owner", "bob")
            try await transcript.run("approve", "--yes")
            try await transcript.run("history", "--limit", "3")
            try GoldenText.expect(transcript.lines, "acting")
            #expect(fleet.changed == ["f0000002-0000-4000-8000-000000000000"])
        }
    }

    @Test
    func `the JSON of each verb is what docs/control-api.yaml says`() async throws {
        try await VerbFleet.withDaemon { fleet in
            var transcript = Transcript(fleet.workspace)
            var documents: [(schema: String, text: Data)] = []
            documents.append(("Status", try await transcript.run("status", "--json")))
            documents.append(("Explanation", try await transcript.run("explain", "forgotten-1", "--json")))
            documents.append(("Explanation", try await transcript.run("explain", "训练-llm", "--json")))
            let keep = ["keep", "eval", "--for", "1h", "--reason", "r", "--json"]
            documents.append(("Kept", try await transcript.run(keep)))
            documents.append(("Done", try await transcript.run("release", "eval", "--json")))
            documents.append(("Done", try await transcript.run("freeze", "--reason", "r", "--json")))
            documents.append(("Status", try await transcript.run("status", "--json", "--owner", "bob")))
            documents.append(("Done", try await transcript.run("thaw", "--json")))
            documents.append(("Approved", try await transcript.run("approve", "forgotten-3", "--yes", "--json")))
            #expect(await fleet.stops("forgotten-3"))
            documents.append(("Explanation", try await transcript.run("explain", "forgotten-3", "--json")))
            documents.append(("Reload", try await transcript.run("reload", "--json")))
            documents.append(("History", try await transcript.run("history", "--json")))
            documents.append(("Report", try await transcript.run("report", "--json")))
            var files: [String] = []
            for (number, document) in documents.enumerated() {
                let file = fleet.workspace.folder.appending(path: "document-\(number).json")
                try document.text.write(to: file)
                files.append("\(document.schema)=\(file.path())")
            }
            let api = Repository.root.appending(path: "docs/control-api.yaml").path()
            let result = try await FinishedProcess.run(
                try Repository.python(),
                [Repository.script("control_document_check.py"), api] + files
            )
            #expect(result.status == 0, "\(String(decoding: result.output, as: UTF8.self))\(result.errors)")
        }
    }

    @Test
    func `status follows the daemon until it is told to end, a line for each change`() async throws {
        try await VerbFleet.withDaemon { fleet in
            let output = try LogFile(in: fleet.workspace.folder)
            let watch = try RunningProcess(
                Repository.product("curfew"),
                ["status", "--watch", "--owner", "frank", "--runtime-dir", fleet.workspace.runtime.path()],
                output: try output.writing()
            )
            func line(_ text: String) async -> Bool {
                await eventually { output.all.contains { $0.contains(text) } ? true : nil } == true
            }
            #expect(await line("dashboard: running, idle: leave (everyone else)"))
            var transcript = Transcript(fleet.workspace)
            try await transcript.run("keep", "dashboard", "--for", "1h", "--reason", "demo")
            #expect(await line("dashboard: running: leave (marked by its user)"))
            watch.signal(SIGINT)
            #expect(await watch.exitStatus() == 0)
            #expect(!output.all.contains { $0.contains("forgotten") })
        }
    }
}
