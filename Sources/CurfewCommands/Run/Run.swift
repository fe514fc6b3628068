// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CurfewCore
import CurfewEngine
import Foundation
import Logging
import PolicyFile
import ServiceLifecycle
import SystemdSupport
import UnixSignals

/// `curfew run`: the daemon.
struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the daemon.",
        discussion: """
            SIGHUP reloads the policy; a bad one changes nothing. SIGTERM and SIGINT end the daemon within five seconds,
            after the call in flight. It exits with 78 when the policy or the state directory cannot be used, with 77
            when a secret is missing or lies open, and with 75 when another daemon uses the state directory or the socket.

            EXAMPLE
              curfew run --policy policy.yaml --credentials-dir credentials --state-dir state --log stderr
            """
    )

    /// How long a call in flight may take to finish after SIGTERM; systemd's own limit is longer.
    private static let gracefulShutdown: Duration = .seconds(4)

    @OptionGroup var options: DaemonOptions

    func run() async throws {
        let terminal = Terminal.standard
        let environment = ServiceEnvironment(environment: ProcessInfo.processInfo.environment)
        let logger = LogBootstrap.start(options, environment: environment)
        let time = SystemTime()
        let source = PolicySource(path: options.policy, time: time)
        let policy = try firstPolicy(source, terminal, logger)
        let stateDirectory = StateDirectory.path(options.stateDir)
        let ledger = try LedgerAccess(
            directory: stateDirectory,
            time: time,
            logger: logger,
            terminal: terminal
        )
        let control = try ControlAccess(
            directory: options.runtimeDir ?? environment.runtimeDirectory ?? "/run/curfew",
            logger: logger,
            terminal: terminal
        )
        defer { control.close() }
        let access = try CloudAccess(
            policy,
            credentialsDirectory: options.credentialsDir ?? environment.credentialsDirectory,
            time: time,
            logger: logger,
            terminal: terminal
        )
        let manager = ServiceManager()
        let engine = Engine(
            policy: policy,
            settings: EngineSettings(ledgerTrouble: ledger.trouble),
            seed: UInt64.random(in: .min ... .max),
            ports: Self.ports(access, ledger, time: time, report: EventLog(logger: logger).write),
            hooks: ServiceReporter(manager: manager, time: time).hooks
        )
        let mode = policy.mode.rawValue
        logger.notice(
            "curfew \(CurfewCommand.configuration.version) begins: \(policy.rules.count) rules, mode \(mode)",
            metadata: ["message.id": "\(MessageID.daemon.rawValue)", "mode": "\(mode)"]
        )
        ControlAccess.warnOfMissingGroup(in: policy, logger)
        let reloader = PolicyReloader(
            source: source,
            engine: engine,
            manager: manager,
            logger: logger,
            inForce: PolicyInForce(policy)
        )
        let explanation = DaemonExplanation(
            board: engine.board,
            policyPath: options.policy,
            stateDirectory: stateDirectory,
            time: time
        )
        let backend = DaemonBackend(
            engine: engine,
            reloader: reloader,
            explainer: Explainer(explanation),
            answers: StatusAnswers(
                StatusContent(version: CurfewCommand.configuration.version, policyPath: options.policy)
            ),
            records: RecordsDesk(LedgerRecords(directory: stateDirectory), time: time)
        )
        let services: [(any Service)?] = [
            // Trapped before the manager hears that the daemon is ready: a SIGHUP may come at once.
            HangupService(hangups: await UnixSignalsSequence(trapping: .sighup), reloader: reloader),
            control.server(backend, time: time, logger: logger),
        ]
        try await serve(engine, services.compactMap { $0 }, logger)
        manager.notify(.stopping)
        ledger.close(logger)
        try await access.close()
    }

    private static func ports(
        _ access: CloudAccess,
        _ ledger: LedgerAccess,
        time: any TimeSource,
        report: @escaping @Sendable (EngineReport) -> Void
    ) -> EnginePorts {
        let ports = EnginePorts(
            service: access.service,
            probes: access.probes,
            ledger: ledger.ledger,
            time: time,
            report: report
        )
        #if DEBUG
        if let point = FaultPoint.chosen(ProcessInfo.processInfo.environment) { return point.built(into: ports) }
        #endif
        return ports
    }

    private func firstPolicy(_ source: PolicySource, _ terminal: Terminal, _ logger: Logger) throws -> Policy {
        let load = source.load()
        guard let policy = load.policy else {
            for diagnostic in load.diagnostics { terminal.complain(diagnostic.description) }
            terminal.complain("curfew: the policy cannot be used; `curfew check \(source.path)` shows the same")
            throw ExitStatus.configuration
        }
        for diagnostic in load.diagnostics {
            logger.warning("\(diagnostic)", metadata: ["message.id": "\(MessageID.policy.rawValue)"])
        }
        return policy
    }

    private func serve(_ engine: Engine, _ others: [any Service], _ logger: Logger) async throws {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(
                    service: EngineService(engine: engine, manager: ServiceManager()),
                    successTerminationBehavior: .gracefullyShutdownGroup
                )
            ] + others.map { Self.helper($0) },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: quiet
        )
        configuration.maximumGracefulShutdownDuration = Self.gracefulShutdown
        try await ServiceGroup(configuration: configuration).run()
    }

    /// A service without which the daemon goes on: leases that are kept alive must not run out for it.
    private static func helper(_ service: any Service) -> ServiceGroupConfiguration.ServiceConfiguration {
        .init(service: service, successTerminationBehavior: .ignore, failureTerminationBehavior: .ignore)
    }
}
