// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CurfewCore
import CurfewEngine
import Foundation
import Logging
import ModelArtsSimulator
import ServiceLifecycle
import UnixSignals

/// `curfew simulator`: the embedded ModelArts cloud alone, for trying policies and clients.
struct SimulatorVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulator",
        abstract: "Runs a simulated ModelArts cloud on loopback.",
        discussion: """
            The first line on standard output is one JSON object that tells where it listens and what it accepts. It
            runs until it is interrupted.

            EXAMPLE
              curfew simulator --port 0 --notebooks 100 --speed 60
            """
    )

    @Option(help: "The port on 127.0.0.1; 0 picks a free one.")
    var port = 0

    @Option(help: "How many generated notebooks it holds; without it, the dozen of the demonstration.")
    var notebooks: Int?

    @Option(help: "How many times faster than real its time runs.")
    var speed = 1.0

    @Option(help: "A JSON file that says which notebooks exist and what happens to them.", completion: .file())
    var scenario: String?

    @Option(help: "The access key that it accepts.")
    var accessKey: String?

    @Option(help: "The secret key that it accepts.")
    var secretKey: String?

    @Option(help: "The project id.")
    var project: String?

    @Option(help: "The IAM user.")
    var user: String?

    @Option(help: "The IAM user's password.")
    var password: String?

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be between 0 and 65535.") }
        guard speed > 0, speed <= 100_000 else { throw ValidationError("--speed must be above 0, at most 100000.") }
        guard notebooks.map({ (0...1_000_000).contains($0) }) ?? true else {
            throw ValidationError("--notebooks must be between 0 and 1000000.")
        }
        guard scenario == nil || notebooks == nil else {
            throw ValidationError("--scenario and --notebooks exclude each other.")
        }
    }

    func run() async throws {
        let terminal = Terminal.standard
        var logger = Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .error
        let scenario = try chosenScenario(terminal)
        let time: SimulatorTime = speed == 1 ? .system : .scaled(speed: speed, startingAt: scenario.start)
        let cloud = SimulatedCloud(scenario: scenario, time: time, credentials: credentials)
        let server = SimulatorServer(cloud: cloud, port: port, logger: logger)
        let group = ServiceGroup(services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        do {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                tasks.addTask {
                    guard let access = await server.access else { return }
                    let encoder = JSONEncoder()
                    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                    terminal.line(String(decoding: try encoder.encode(access), as: UTF8.self))
                }
                try await tasks.next()
                try await tasks.waitForAll()
            }
        } catch {
            terminal.complain("curfew: the simulator could not listen on port \(port): \(error)")
            throw ExitStatus.unavailable
        }
    }

    private func chosenScenario(_ terminal: Terminal) throws -> Scenario {
        let now = SystemTime().now.milliseconds
        if let notebooks { return .generated(count: notebooks, seed: 1, start: now) }
        guard let path = scenario else { return .workingDay(start: now) }
        do {
            return try Scenario(json: [UInt8](Data(contentsOf: URL(filePath: path))), start: now)
        } catch {
            terminal.complain("curfew: \(path): \(error)")
            throw ExitStatus.configuration
        }
    }

    private var credentials: SimulatorCredentials {
        var credentials = SimulatorCredentials()
        if let accessKey { credentials.accessKey = accessKey }
        if let secretKey { credentials.secretKey = secretKey }
        if let project { credentials.projectID = project }
        if let user { credentials.user = user }
        if let password { credentials.password = password }
        return credentials
    }
}
