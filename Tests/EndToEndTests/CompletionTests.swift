// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

/// The completions that `make install` installs, in a real shell.
@Suite(.timeLimit(.minutes(20)))
struct CompletionTests {
    /// What bash offers for the last of the words, as if somebody had typed them and pressed the tabulator.
    private func offered(_ words: [String], in folder: URL) async throws -> [String] {
        let script = folder.appending(path: "completion").path()
        let generated = try await curfew(["--generate-completion-script", "bash"])
        try #require(generated.status == 0, "\(generated.errors)")
        try Data(generated.output.utf8).write(to: URL(filePath: script))
        // `complete -F` names the function that bash calls; the program is called by the first word.
        let typing = """
            source "$0"
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
            function=$(complete -p curfew | sed 's/.*-F \\([^ ]*\\).*/\\1/')
            "$function" "$1" "${!#}" "${COMP_WORDS[COMP_CWORD - 1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let result = try await FinishedProcess.run(
            "/bin/bash",
            ["-c", typing, script, Repository.product("curfew")] + words
        )
        return String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// A name that a shell would run.
    private static let hostile = "$(touch x)"

    /// Runs `body` with a daemon that sees a notebook with a plain name and one with a hostile name, whose id is given.
    private func withDaemon(_ body: (Workspace, _ hostile: String) async throws -> Void) async throws {
        let now = SimulatorTime.system.now()
        let notebooks = ["trainer", Self.hostile].map { ScenarioNotebook($0, owner: "mallory", createdAt: now) }
        try await withRunningSimulator(Scenario(start: now, notebooks: notebooks), time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: "  - { name: all, exempt: true }"))
                try await Daemon.with(workspace) { daemon in
                    let isThere = await eventually {
                        let status = try? await curfew(["status", "--runtime-dir", workspace.runtime.path()])
                        return status?.output.contains("trainer") == true ? true : nil
                    }
                    try #require(isThere == true, "\(daemon.lines)")
                    try await body(workspace, notebooks[1].id)
                }
            }
        }
    }

    @Test
    func `bash completes verbs, options and, from the daemon, notebooks that no shell would run`() async throws {
        try await withDaemon { workspace, hostile in
            let folder = workspace.folder
            #expect(try await offered(["fre"], in: folder) == ["freeze"])
            #expect(try await offered(["status", "--so"], in: folder) == ["--sort"])
            let directory = ["--runtime-dir", workspace.runtime.path()]
            #expect(try await offered(["keep"] + directory + [""], in: folder).contains("trainer"))
            #expect(try await offered(["release"] + directory + ["tr"], in: folder) == ["trainer"])
            let all = try await offered(["release"] + directory + [""], in: folder)
            #expect(all.contains(hostile) && !all.contains { $0.contains("touch") }, "\(all)")
        }
    }

    /// Those that this machine has; `make deps` installs them where it can.
    private static let otherShells = ["zsh", "fish"].filter { FileManager.default.fileExists(atPath: "/usr/bin/\($0)") }

    @Test(arguments: otherShells)
    func `zsh and fish complete notebooks from the daemon, typed at a terminal`(_ shell: String) async throws {
        try await withDaemon { workspace, hostile in
            let script = workspace.folder.appending(path: "completion").path()
            let generated = try await curfew(["--generate-completion-script", shell])
            try Data(generated.output.utf8).write(to: URL(filePath: script))
            let programs = URL(filePath: Repository.product("curfew")).deletingLastPathComponent().path()
            let line = "curfew release --runtime-dir \(workspace.runtime.path()) "
            let result = try await FinishedProcess.run(
                "/usr/bin/env",
                ["python3", Repository.script("complete_in_shell.py"), shell, script, line, "trainer", hostile],
                environment: ["PATH": "\(programs):/usr/local/bin:/usr/bin:/bin"]
            )
            let shown = String(decoding: result.output, as: UTF8.self)
            #expect(result.status == 0 && !shown.contains("touch"), "\(shown)\(result.errors)")
        }
    }

    @Test
    func `without a daemon, completing says nothing and fails nothing`() async throws {
        try await withTemporaryFolder { folder in
            let names = try await offered(["keep", "--runtime-dir", folder.path(), "tr"], in: folder)
            #expect(names == [])
        }
    }
}
