// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

/// What the daemon tells the service manager, over a real notify socket.
@Suite(.timeLimit(.minutes(20)))
struct ServiceManagerTests {
    private func withManagedDaemon(
        _ simulator: RunningSimulator,
        _ workspace: Workspace,
        watchdog: Duration = .seconds(2),
        _ body: (RunningProcess, LogFile) async throws -> Void
    ) async throws {
        let log = try LogFile(in: workspace.folder)
        let usec = String(watchdog / .microseconds(1)).prefix { $0 != "." }
        let process = try RunningProcess(
            try Repository.python(),
            [
                Repository.script("service_manager.py"), String(usec), Repository.product("curfew"), "run", "--log",
                "stderr", "--state-dir", workspace.state.path(), "--runtime-dir", workspace.runtime.path(),
            ] + workspace.arguments,
            errors: try log.writing()
        )
        do {
            try await body(process, log)
        } catch {
            process.signal(SIGTERM)
            throw error
        }
        process.signal(SIGTERM)
        #expect(await process.exitStatus() == 0)
        #expect(log.all.contains { $0.contains("STOPPING=1") })
    }

    private func message(_ text: String, _ log: LogFile, after count: Int = 0) async -> String? {
        await eventually { log.all.dropFirst(count).first { $0.contains("\"message\"") && $0.contains(text) } }
    }

    @Test
    func `ready, status, watchdog, reload and stop are told as sd_notify(3) says`() async throws {
        try await withRunningSimulator(.workingDay(start: SimulatorTime.system.now()), time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(
                    PolicyText.text(simulator.access, rules: "  - { name: all, exempt: true }")
                )
                try await withManagedDaemon(simulator, workspace) { process, log in
                    #expect(await message("READY=1", log) != nil)
                    #expect(await message("STATUS=enforce: 12 notebooks, 12 running", log) != nil)
                    let count = log.all.count
                    process.signal(SIGHUP)
                    #expect(await message("MONOTONIC_USEC=", log, after: count) != nil)
                    #expect(await message("READY=1", log, after: count) != nil)
                }
            }
        }
    }

    @Test
    func `the watchdog is fed by a loop that turns while the cloud hangs, and the daemon is ready all the same`()
        async throws
    {
        try await withRunningSimulator(.empty(start: 0), time: .system) { simulator in
            simulator.cloud.injectFault(Fault(.held, times: nil))
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(
                    PolicyText.text(simulator.access, rules: "  - { name: all, exempt: true }")
                )
                try await withManagedDaemon(simulator, workspace, watchdog: .seconds(1)) { _, log in
                    #expect(await message("READY=1", log) != nil)
                    let pings = await eventually { () -> [Double]? in
                        let pings = log.all.filter { $0.contains("WATCHDOG=1") }.compactMap(Self.instant)
                        return pings.count >= 8 ? pings : nil
                    }
                    let gaps = zip(pings ?? [], (pings ?? []).dropFirst()).map { $1 - $0 }
                    #expect(gaps.count >= 7)
                    #expect(gaps.allSatisfy { $0 < 1 }, "the manager would have killed it: \(gaps)")
                }
            }
        }
    }

    private static func instant(_ line: String) -> Double? {
        let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return object?["at"] as? Double
    }
}
