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
        abstract: "Shows what would be done to every notebook, and why, without doing it.",
        discussion: """
            Sends nothing that could change a notebook, whatever the policy's mode. Exits with 69 when the cloud cannot
            be reached, with 77 when it refuses the credentials and with 78 when a policy cannot be used.

            With --at, the present facts are judged as of another time, as if nothing happened until then: nobody uses a
            notebook, and none is stopped, prolonged or started; warnings are given when they fall due. A time in the past
            is allowed; what present facts do not tell of it is unknown.

            How much of the budgets of `spent` is used stands in the daemon's ledger, which is read for policies that have
            some; it may run meanwhile.

            With --against, only the notebooks are shown that the policy would treat otherwise than that other one.

            EXAMPLES
              curfew plan --policy policy.yaml --credentials-dir credentials
              curfew plan --at +3h
              curfew plan --at "2026-12-24 20:00"
              curfew plan --policy new.yaml --against /etc/curfew/policy.yaml
            """
    )

    @Option(help: "The policy.", completion: .file())
    var policy = "/etc/curfew/policy.yaml"

    @Option(help: "Another policy to compare with.", completion: .file())
    var against: String?

    @Option(help: "\(InstantArgument.help).", transform: Self.instant)
    var at: InstantArgument?

    @Option(help: "The files with the secrets (default: $CREDENTIALS_DIRECTORY).", completion: .directory)
    var credentialsDir: String?

    @Option(
        help:
            "Where the ledger is that tells how much of budgets is used (default: $STATE_DIRECTORY, else /var/lib/curfew).",
        completion: .directory
    )
    var stateDir: String?

    @Flag(help: "Prints JSON.")
    var json = false

    private static func instant(_ text: String) throws -> InstantArgument {
        guard let instant = InstantArgument(text) else {
            throw ValidationError("'\(text)' is no instant; write \(InstantArgument.help).")
        }
        return instant
    }

    func run() async throws {
        let terminal = Terminal.standard
        let time = SystemTime()
        let policies = try ([against].compactMap(\.self) + [policy]).map {
            try PolicySource(path: $0, time: time).policy(terminal)
        }
        guard let policy = policies.last else { throw ExitStatus.configuration }
        let instant = try at.map { at in
            guard let instant = at.instant(now: time.now, zone: policy.timeZone) else {
                throw ValidationError("--at is no instant in \(policy.timeZone.identifier).")
            }
            return instant
        }
        let usage = try PlanUsage(policies, stateDir: stateDir, now: time.now, at: instant, terminal)
        let books = policies.map(usage.book)
        let records = try await look(policies, books, at: instant, time: time, terminal)
        let now = time.now
        let answers = zip(policies, zip(records, books)).map { policy, seen in
            PlanAnswer(policy, seen.0, usage: seen.1, seenAt: now, at: instant)
        }
        guard let answer = answers.last else { return }
        if let against, let before = answers.first {
            let comparison = PlanComparison(
                before: (against, before),
                after: (self.policy, answer),
                generatedAt: now,
                at: instant
            )
            if json {
                terminal.line(try JSONOutput.text(comparison.document))
            } else {
                for line in comparison.lines(terminal) { terminal.line(line) }
            }
            return
        }
        if json {
            terminal.line(try JSONOutput.text(answer.document(generatedAt: now, at: instant)))
        } else {
            for line in answer.lines(terminal, at: instant ?? now, isOtherTime: instant != nil) { terminal.line(line) }
        }
    }

    private func look(
        _ policies: [Policy],
        _ books: [UsageBook?],
        at instant: Timestamp?,
        time: SystemTime,
        _ terminal: Terminal
    ) async throws -> [[NotebookRecord]] {
        guard let policy = policies.last else { return [] }
        let environment = ServiceEnvironment(environment: ProcessInfo.processInfo.environment)
        let access = try CloudAccess(
            policy,
            credentialsDirectory: credentialsDir ?? environment.credentialsDirectory,
            time: time,
            logger: Logger(label: "curfew") { _ in SwiftLogNoOpLogHandler() },
            terminal: terminal
        )
        let asking = zip(policies, books).map { policy, usage in
            FleetLook.Asking(policy: policy, probes: access.probes(policy), usage: usage, instant: instant)
        }
        do throws(ServiceFailure) {
            let records = try await FleetLook(service: access.service, asking: asking, time: time).records()
            try? await access.close()
            return records
        } catch {
            // What went wrong before matters more than how the connections end.
            try? await access.close()
            terminal.complain("curfew: \(error)")
            throw error.exitStatus
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
