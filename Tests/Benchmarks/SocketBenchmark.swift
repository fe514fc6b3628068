// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Foundation
import ModelArtsSimulator
import NIOCore
import NIOHTTP1

/// What it takes to ask the running daemon.
enum SocketBenchmark {
    /// Milliseconds that `curfew status` takes as a process, from its start to its end; the median of several runs.
    static func statusMilliseconds(count: Int) async throws -> Double {
        try await withDaemon(count: count) { daemon in
            var runs: [Double] = []
            for _ in 0..<9 {
                let process = Process()
                process.executableURL = DaemonProcess.program
                process.arguments = ["status", "--runtime-dir", daemon.folder.path()]
                process.standardOutput = FileHandle.nullDevice
                let begin = ContinuousClock.now
                try process.run()
                process.waitUntilExit()
                guard process.terminationStatus == 0 else { throw Broken(text: "curfew status failed") }
                runs.append((ContinuousClock.now - begin) / .milliseconds(1))
            }
            return runs.sorted()[runs.count / 2]
        }
    }

    /// The share of a core, in percent, that a hundred readers a second cost the daemon, each asking for the table of the
    /// status and nothing published in between, above what it takes without them.
    static func readersShare(count: Int) async throws -> Double {
        let seconds = 10
        return try await withDaemon(count: count) { daemon in
            let address =
                "http+unix://"
                + (daemon.folder.appending(path: "control.sock").path()
                    .addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")
            let begin = try daemon.processorSeconds()
            try await ContinuousClock().sleep(for: .seconds(seconds))
            let alone = try daemon.processorSeconds() - begin
            let asked = ContinuousClock.now
            for reader in 0..<(seconds * 100) {
                try await ContinuousClock().sleep(until: asked + .milliseconds(10 * reader))
                let request = HTTPClientRequest(url: address + "/v1/status?form=table")
                let reply = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
                guard reply.status == .ok else { throw Broken(text: "the daemon answers \(reply.status)") }
                _ = try await reply.body.collect(upTo: 100_000_000)
            }
            let took = (ContinuousClock.now - asked) / .seconds(1)
            let used = try daemon.processorSeconds() - begin - alone
            return (used - alone * took / Double(seconds)) / took * 100
        }
    }

    private static func withDaemon<Result: Sendable>(
        count: Int,
        _ body: (DaemonProcess) async throws -> Result
    ) async throws -> Result {
        let start = SimulatorTime.system.now()
        return try await SweepBenchmark.withDaemon(
            .generated(count: count, seed: 1, start: start),
            pollEvery: "10min"
        ) { cloud, daemon in
            try await SweepBenchmark.wait { SweepBenchmark.sweeps(cloud) >= 1 && daemon.startUp != nil }
            // Until every notebook was looked at and the last snapshot is published.
            try await ContinuousClock().sleep(for: .seconds(10))
            return try await body(daemon)
        }
    }
}
