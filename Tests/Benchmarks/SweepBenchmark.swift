// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import ModelArtsSimulator

/// The whole daemon against the simulated cloud, in real time.
enum SweepBenchmark {
    struct Figures {
        var startUp: Double
        /// Microseconds of the daemon's processor time per notebook and sweep.
        var microsecondsPerNotebook: Double
        var memory: (now: Int, highest: Int)
        var sweeps: Int
    }

    /// Lets the daemon sweep `count` notebooks until it has used enough processor time to measure.
    static func figures(count: Int) async throws -> Figures {
        let start = SimulatorTime.system.now()
        return try await withDaemon(.generated(count: count, seed: 1, start: start), pollEvery: "1s") { cloud, daemon in
            // The first sweep meets every notebook anew; what counts is the steady state.
            try await wait { sweeps(cloud) >= 3 && daemon.startUp != nil }
            let begin = (sweeps: sweeps(cloud), seconds: try daemon.processorSeconds())
            let wanted = max(4, 40_000 / max(count, 1))
            try await wait { sweeps(cloud) >= begin.sweeps + wanted }
            let done = sweeps(cloud) - begin.sweeps
            let used = try daemon.processorSeconds() - begin.seconds
            return Figures(
                startUp: daemon.startUp ?? .nan,
                microsecondsPerNotebook: used * 1_000_000 / Double(done) / Double(count),
                memory: try daemon.memory(),
                sweeps: done
            )
        }
    }

    /// The share of one core that an idle daemon uses, in percent.
    static func idleShare(count: Int, seconds: Int) async throws -> Double {
        let start = SimulatorTime.system.now()
        return try await withDaemon(.generated(count: count, seed: 1, start: start), pollEvery: "1min") {
            cloud,
            daemon in
            try await wait { sweeps(cloud) >= 1 && daemon.startUp != nil }
            try await ContinuousClock().sleep(for: .seconds(2))
            let begin = try daemon.processorSeconds()
            try await ContinuousClock().sleep(for: .seconds(seconds))
            return (try daemon.processorSeconds() - begin) / Double(seconds) * 100
        }
    }

    static func withDaemon<Result: Sendable>(
        _ scenario: Scenario,
        pollEvery: String,
        _ body: (SimulatedCloud, DaemonProcess) async throws -> Result
    ) async throws -> Result {
        let logger = Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() }
        return try await withRunningSimulator(scenario, time: .system, logger: logger) { simulator in
            let access = simulator.access
            let policy = """
                version: 1
                mode: enforce
                service:
                  kind: modelarts
                  endpoint: \(access.endpoint)
                  projectID: \(access.projectID)
                  pollEvery: \(pollEvery)
                  credentials: { kind: accessKey }
                evidence: { jupyter: { kind: jupyter } }
                marks: { tag: keep-alive }
                rules:
                  - { name: trainers, match: { name: ["train-*"], owner: [alice] }, exempt: true }
                  - { name: accelerators, match: { flavor: "*.gpu.*" }, idle: { budget: 3000d } }
                  - { name: everyone else, idle: { budget: 3100d } }
                """
            let daemon = try DaemonProcess(policy: policy, accessKey: access.accessKey, secretKey: access.secretKey)
            guard await waitForStart(daemon) else {
                daemon.end()
                throw Broken(text: "the daemon did not start: \(daemon.complaints)")
            }
            do {
                let result = try await body(simulator.cloud, daemon)
                daemon.end()
                return result
            } catch {
                daemon.end()
                throw error
            }
        }
    }

    private static func waitForStart(_ daemon: DaemonProcess) async -> Bool {
        for _ in 0..<500 where daemon.startUp == nil {
            // The only error is cancellation, which the next wait throws too.
            try? await ContinuousClock().sleep(for: .milliseconds(20))
        }
        return daemon.startUp != nil
    }

    static func sweeps(_ cloud: SimulatedCloud) -> Int {
        cloud.records.count { $0.operation == .listAllNotebooks && $0.query.contains("offset=0") }
    }

    static func wait(_ condition: () -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(300)
        while !condition() {
            guard ContinuousClock.now < end else { throw Broken(text: "the daemon did not sweep in 300 s") }
            try await ContinuousClock().sleep(for: .milliseconds(20))
        }
    }
}
