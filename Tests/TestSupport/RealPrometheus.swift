// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore
import NIOPosix

/// A real Prometheus in a process and a folder of its own, which scrapes what a test exports twice a second.
///
/// It needs the program that `make deps` unpacks into `.tools`.
package struct RealPrometheus: Sendable {
    /// The base address, such as `http://127.0.0.1:39867`.
    package let url: String
    /// What it scrapes.
    package let metrics: ExportedMetrics

    private static let configuration = "prometheus.yml"

    /// Runs `body` with a Prometheus and an exporter of these lines, and ends both afterwards.
    ///
    /// `web` is a file as Prometheus describes it under "HTTPS and authentication".
    package static func with<Result>(
        showing lines: [String],
        scheme: String = "http",
        web: String? = nil,
        _ body: (RealPrometheus) async throws -> Result
    ) async throws -> Result {
        let metrics = ExportedMetrics(lines)
        return try await withTemporaryFolder { folder in
            try await RawServer.serving(metrics.reply) { exporter in
                let target = "127.0.0.1:\(exporter.port)"
                let jobs = "[{job_name: fleet, static_configs: [{targets: [\"\(target)\"]}]}]"
                let text = "global: {scrape_interval: 500ms, scrape_timeout: 500ms}\nscrape_configs: \(jobs)\n"
                try Data(text.utf8).write(to: folder.appending(path: configuration))
                let (process, port) = try await start(
                    in: folder,
                    options: web.map { ["--web.config.file=\($0)"] } ?? []
                )
                let result: Swift.Result<Result, any Error>
                do {
                    result = .success(
                        try await body(RealPrometheus(url: "\(scheme)://127.0.0.1:\(port)", metrics: metrics))
                    )
                } catch {
                    result = .failure(error)
                }
                await end(process)
                return try result.get()
            }
        }
    }

    /// Starts it on a free port: it takes no port 0, so somebody may come first, and then another port is tried.
    private static func start(in folder: URL, options: [String]) async throws -> (RunningProcess, port: Int) {
        var log: LogFile?
        for attempt in 0..<5 {
            let port = try await freePort()
            let errors = try LogFile(in: folder)
            log = errors
            let process = try RunningProcess(
                try Repository.tool("prometheus"),
                [
                    "--config.file=\(folder.appending(path: configuration).path())",
                    "--storage.tsdb.path=\(folder.appending(path: "data-\(attempt)").path())",
                    "--web.listen-address=127.0.0.1:\(port)",
                ] + options,
                errors: try errors.writing()
            )
            let isReady = await eventually {
                if errors.all.contains(where: { $0.contains("Server is ready to receive web requests") }) {
                    return true
                }
                return process.isRunning ? nil : false
            }
            if isReady == true { return (process, port) }
            await end(process)
        }
        throw Failure(text: "Prometheus did not start:\n\(log?.all.joined(separator: "\n") ?? "")")
    }

    private static func freePort() async throws -> Int {
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        try await channel.close().get()
        return port
    }

    private static func end(_ process: RunningProcess) async {
        process.signal(SIGTERM)
        await process.exitStatus()
    }

    private struct Failure: Error {
        var text: String
    }
}
