// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

/// The daemon logs to a real systemd-journald, and `journalctl` gives the fields back.
@Suite(
    .timeLimit(.minutes(20)),
    .enabled(if: geteuid() == 0, "skipped: a journald of one's own needs root, for a mount namespace")
)
struct JournalTests {
    @Test
    func `I14: a stop is in the journal with its structured fields and the right priority`() async throws {
        let now = SimulatorTime.system.now()
        let scenario = Scenario(
            start: now,
            notebooks: [
                ScenarioNotebook("forgotten", owner: "alice", createdAt: now - 86_400_000).with {
                    $0.startedAt = now - 14_400_000
                    $0.lease = 72 * 3_600_000
                    $0.behaviour = .idleSince(now - 7_200_000)
                }
            ]
        )
        try await withRunningSimulator(scenario, time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(
                    PolicyText.text(simulator.access, rules: "  - { name: everyone else, idle: { budget: 1h } }")
                )
                let entries = try await journal(of: workspace, until: simulator)
                let id = try #require(simulator.cloud.notebook(named: "forgotten")?.id)
                let stopping = try #require(entries.first { $0["MESSAGE"]?.hasPrefix("stopping forgotten") == true })
                #expect(stopping["PRIORITY"] == "5")
                #expect(stopping["SYSLOG_IDENTIFIER"] == "curfew")
                #expect(stopping["MESSAGE_ID"]?.count == 32)
                #expect(stopping["CURFEW_NOTEBOOK_ID"] == id)
                #expect(stopping["CURFEW_ACTION"] == "stop")
                #expect(stopping["CURFEW_RULE"] == "everyone else")
                #expect(stopping["CURFEW_REASON"] == "idle-budget-spent")
                #expect(stopping["CURFEW_OWNER"] == "alice")
                #expect(stopping["CURFEW_EVIDENCE"]?.hasPrefix("jupyter: idle since ") == true)
                let decided = try #require(
                    entries.first { $0["CURFEW_REASON"] == "within-budget" || $0["PRIORITY"] == "6" }
                )
                #expect(decided["PRIORITY"] == "6")
                #expect(entries.contains { $0["MESSAGE"]?.hasPrefix("stopped forgotten") == true })
            }
        }
    }

    /// Runs the daemon beside a journald of its own until the stop was confirmed, and reads the journal.
    private func journal(of workspace: Workspace, until simulator: RunningSimulator) async throws -> [[String: String]]
    {
        let script = """
            "$0" run --log journal --policy "$1" --credentials-dir "$2" --state-dir "$3" &
            daemon=$!
            for ((tries = 0; tries < 600; tries++)); do
                journalctl --sync
                journalctl -o cat SYSLOG_IDENTIFIER=curfew | grep -q '^stopped forgotten' && break
                sleep 0.05
            done
            kill "$daemon"
            wait "$daemon"
            journalctl --sync
            journalctl -o json SYSLOG_IDENTIFIER=curfew
            """
        let result = try await FinishedProcess.run(
            Repository.script("with-journald.sh"),
            [
                "bash", "-c", script, Repository.product("curfew"), workspace.policy.path(),
                workspace.credentials.path(), workspace.state.path(),
            ]
        )
        try #require(result.status == 0, "\(result.errors)")
        return try String(decoding: result.output, as: UTF8.self).split(separator: "\n").map { line in
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
            return object.compactMapValues { $0 as? String }
        }
    }
}
