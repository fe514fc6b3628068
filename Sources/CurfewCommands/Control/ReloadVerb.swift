// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlClient
import ControlProtocol

/// `curfew reload`: the daemon reads its policy again.
struct ReloadVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Makes the daemon read its policy again, and shows what it says about it.",
        discussion: """
            Prints one line per problem, as `curfew check` does. A policy that cannot be used changes nothing: the one before
            stays in force, and the command exits with 78.

            EXAMPLE
              curfew reload
            """
    )

    @Flag(help: "Prints JSON.")
    var json = false

    @OptionGroup var control: ControlOptions

    func run() async throws {
        let terminal = Terminal.standard
        try await control.asking(terminal) { client in
            let answer = try await client.post(ControlPath("reload"))
            if json { return terminal.bytes(answer) }
            for line in try client.decoded(ReloadDocument.self, answer).diagnostics { terminal.line(line) }
            terminal.line("the policy is in force")
        }
    }
}
