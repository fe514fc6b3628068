// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CurfewCore
import CurfewEngine
import Logging
import ModelArtsClient
import ModelArtsSimulator
import PolicyFile

/// `curfew demo`: the daemon's own engine against the embedded cloud, a day in about a minute.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows a working day of a dozen notebooks in about a minute.",
        discussion: """
            Nothing outside this machine is touched: the cloud is a simulator on loopback, its users are scripted, and
            only the time is fast. Everything else is what the daemon does. On a terminal it is a live table, elsewhere
            it is one line per event.

            EXAMPLE
              curfew demo
            """
    )

    @Option(help: "How many real seconds the day takes.")
    var seconds = 60.0

    func validate() throws {
        guard seconds >= 5, seconds <= 3_600 else { throw ValidationError("--seconds must be between 5 and 3600.") }
    }

    /// 08:00 UTC on a Monday; the day lasts until 18:30.
    private static let morning = Timestamp(milliseconds: 1_772_438_400_000)
    private static let length: Duration = .seconds(10.5 * 3_600)

    func run() async throws {
        let terminal = Terminal.standard
        let speed = Self.length / .seconds(seconds)
        let time = ScaledTime(startingAt: Self.morning, speed: speed)
        let simulatorTime = SimulatorTime(
            now: { time.now.milliseconds },
            sleepUntil: { try await time.sleep(until: Timestamp(milliseconds: $0)) }
        )
        var quiet = Logger(label: "demo") { _ in SwiftLogNoOpLogHandler() }
        quiet.logLevel = .critical
        let logger = quiet
        try await withRunningSimulator(
            .workingDay(start: Self.morning.milliseconds),
            time: simulatorTime,
            logger: logger
        ) { simulator in
            try await show(simulator, time: time, speed: speed, logger: logger, terminal: terminal)
        }
    }

    private func show(
        _ simulator: RunningSimulator,
        time: ScaledTime,
        speed: Double,
        logger: Logger,
        terminal: Terminal
    ) async throws {
        let access = simulator.access
        let load = DemoPolicy.policy(endpoint: access.endpoint, projectID: access.projectID, now: time.now)
        guard let policy = load.policy else {
            for diagnostic in load.diagnostics { terminal.complain(diagnostic.description) }
            throw ExitStatus.configuration
        }
        let cloud = try CloudAccess(
            policy,
            credentials: .accessKey(id: Secret(access.accessKey), secret: Secret(access.secretKey), securityToken: nil),
            time: time,
            logger: logger,
            terminal: terminal
        )
        let story = DemoStory(time: time)
        let engine = Engine(
            policy: policy,
            settings: EngineSettings(lookEvery: .seconds(300)),
            seed: 1,
            ports: EnginePorts(
                service: cloud.service,
                probes: cloud.probes,
                ledger: InMemoryLedger(),
                time: time,
                report: story.take
            )
        )
        let end = Self.morning + Self.length
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await engine.run() }
            await DemoScreen(terminal: terminal, speed: speed, time: time, end: end).play(engine.board, story)
            engine.send(.shutdown)
            await group.waitForAll()
        }
        try await cloud.close()
        let summary = DemoSummary(story: story, snapshot: engine.board.latest, cloud: simulator.cloud, end: end)
        for line in summary.lines(terminal) { terminal.line(line) }
    }
}
