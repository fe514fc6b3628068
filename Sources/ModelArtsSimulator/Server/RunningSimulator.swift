// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import Logging
import ServiceLifecycle

/// A simulator that listens, for the time of a closure.
package struct RunningSimulator: Sendable {
    package let cloud: SimulatedCloud

    /// Where it listens, and what it accepts.
    package let access: SimulatorAccess
}

/// Runs a simulator on a free port for as long as `body` runs.
/// - Parameters:
///   - scenario: What exists at the beginning.
///   - time: The clock.
///   - credentials: What clients sign in with.
///   - logger: Where the server tells of itself.
///   - body: What to do meanwhile.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws, or that the server could not listen.
package func withRunningSimulator<Result: Sendable>(
    _ scenario: Scenario,
    time: SimulatorTime,
    credentials: SimulatorCredentials = SimulatorCredentials(),
    logger: Logger = Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() },
    _ body: (RunningSimulator) async throws -> Result
) async throws -> Result {
    let cloud = SimulatedCloud(scenario: scenario, time: time, credentials: credentials)
    let server = SimulatorServer(cloud: cloud, logger: logger)
    // Ended gracefully, never by cancellation: the HTTP library must not be torn out of the middle of a connection.
    let services = ServiceGroup(services: [server], logger: logger)
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await services.run() }
        let result: Swift.Result<Result, any Error>
        do {
            guard let access = await server.access else { throw CancellationError() }
            result = .success(try await body(RunningSimulator(cloud: cloud, access: access)))
        } catch {
            result = .failure(error)
        }
        cloud.clearFaults()
        cloud.releaseHeldReplies()
        await services.triggerGracefulShutdown()
        try await group.waitForAll()
        return try result.get()
    }
}
