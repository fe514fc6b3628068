// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser

/// The command line of curfew.
package struct CurfewCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "curfew",
        abstract: "Prolongs cloud notebooks that must live and stops those that were forgotten.",
        discussion: """
            EXAMPLES
              curfew demo                              a working day in a minute, against a built-in cloud
              curfew check /etc/curfew/policy.yaml     every problem of a policy
              curfew plan --policy policy.yaml         what would be done now, without doing it
              curfew explain trainer                   why a notebook was or will be stopped, or not
              curfew backtest --policy new.yaml        what a new policy would have stopped in the last days
              curfew history                           what was done to notebooks, and by whom
              curfew report --since 30d                hours and money, spent and saved
              curfew run                               the daemon
              curfew status                            what the running daemon sees
              curfew keep trainer --for 3d --reason R  keeps a notebook alive for a while
            """,
        version: BuildVersion.text,
        subcommands: [
            Run.self, Check.self, PlanVerb.self, ExplainVerb.self, BacktestVerb.self, HistoryVerb.self,
            ReportVerb.self, Demo.self, SimulatorVerb.self,
        ],
        groupedSubcommands: [
            CommandGroup(
                name: "Running daemon",
                subcommands: [
                    StatusVerb.self, Keep.self, Release.self, Freeze.self, Thaw.self, Approve.self, ReloadVerb.self,
                ]
            )
        ]
    )

    package init() {}
}

extension CurfewCommand {
    /// Parses the arguments of this process, does what they say and exits with the code that belongs to it.
    package static func start() async {
        await main()
    }
}
