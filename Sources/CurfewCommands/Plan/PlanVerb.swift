// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlProtocol
import CurfewCore
import CurfewEngine
import Foundation
import Logging
import PolicyFile
import SystemdSupport

/// `curfew plan`: one look at the cloud, read-only.
struct PlanVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        abstract: "Shows what would be done to every notebook now, and why, without doing it.",
        discussion: """
            Sends nothing that could change a notebook, whatever the policy's mode. Exits with 69 when the cloud cannot
            be reached, with 77 when it refuses the credentials and with 78 when the policy cannot be used.

            EXAMPLE
              curfew plan --policy policy.yaml --credentials-dir credentials
            """
    )

    @Option(help: "The policy.", completion: .file())
    var policy = "/etc/curfew/policy.yaml"

    @Option(help: "The files with the secrets (default: $CREDENTIALS_DIRECTORY).", completion: .directory)
    var credentialsDir: String?

    @Flag(help: "Prints JSON.")
    var json = false

    func run() async throws {
        let terminal = Terminal.standard
        let time = SystemTime()
        let load = PolicySource(path: policy, time: time).load()
        for diagnostic in load.diagnostics { terminal.complain(diagnostic.description) }
        guard let policy = load.policy else { throw ExitStatus.configuration }
        let environment = ServiceEnvironment(environment: ProcessInfo.processInfo.environment)
        let logger = Logger(label: "curfew") { _ in SwiftLogNoOpLogHandler() }
        let access = try CloudAccess(
            policy.service,
            credentialsDirectory: credentialsDir ?? environment.credentialsDirectory,
            time: time,
            logger: logger,
            terminal: terminal
        )
        let records: [NotebookRecord]
        do throws(ServiceFailure) {
            records = try await FleetLook(
                service: access.service,
                probes: access.probes(policy),
                policy: policy,
                time: time
            )
            .records()
        } catch {
            try await access.close()
            terminal.complain("curfew: \(error)")
            throw error.exitStatus
        }
        try await access.close()
        let now = time.now
        let plan = Planner.plan(World(records: records), policy: policy, now: now)
        if json {
            terminal.line(
                try JSONOutput.text(PlanDocument(plan, records: records, mode: policy.mode, now: now))
            )
        } else {
            for line in PlanTable(plan, records: records, mode: policy.mode, now: now).lines(terminal) {
                terminal.line(line)
            }
        }
    }
}

extension ServiceFailure {
    fileprivate var exitStatus: ExitCode {
        switch kind {
        case .authentication, .authenticationPaused, .permission, .clockSkew: ExitStatus.notPermitted
        default: ExitStatus.unavailable
        }
    }
}
