// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CurfewEngine
import PolicyFile

/// `curfew check`: every problem of a policy file.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows every problem of a policy file.",
        discussion: """
            Prints one line per problem, as FILE:LINE:COL: error|warning: … . Exits with 0 when the policy can be used,
            warnings or not, and with 78 when it cannot.

            EXAMPLE
              curfew check /etc/curfew/policy.yaml
            """
    )

    @Argument(help: "The policy, YAML or JSON.", completion: .file())
    var file: String

    func run() async throws {
        let terminal = Terminal.standard
        let load = PolicyLoader().load(path: file, now: SystemTime().now)
        for diagnostic in load.diagnostics { terminal.line(diagnostic.description) }
        guard load.policy != nil else { throw ExitStatus.configuration }
    }
}
