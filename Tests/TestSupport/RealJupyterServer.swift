// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore
import Foundation
import NIOCore
import NIOPosix
import Testing

/// A real Jupyter Server in a process and a directory of its own, on a port that the kernel chose.
///
/// It needs the Python environment that `make deps` builds in `.venv`.
package struct RealJupyterServer: Sendable {
    /// The server's base, such as `http://127.0.0.1:39867/1111/`.
    package let url: String
    package let token: String
    package let process: RunningProcess

    /// Runs `body` with a server and ends the server, its kernels and its terminals afterwards.
    package static func with<Result>(
        options: [String] = [],
        scheme: String = "http",
        _ body: (RealJupyterServer) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryFolder { folder in
            for name in ["root", "runtime", "home"] {
                try FileManager.default.createDirectory(
                    at: folder.appending(path: name),
                    withIntermediateDirectories: true
                )
            }
            let token = "tok-\(UUID().uuidString.lowercased())"
            let home = "\(folder.path())/home"
            let log = try LogFile(in: folder)
            let process = try RunningProcess(
                try Repository.python(),
                [
                    Repository.script("serve_jupyter.py"), "--ip=127.0.0.1", "--port=0", "--no-browser",
                    "--allow-root", "--ServerApp.root_dir=\(folder.path())/root", "--ServerApp.base_url=/1111/",
                ] + options,
                environment: [
                    "JUPYTER_TOKEN": token, "JUPYTER_RUNTIME_DIR": "\(folder.path())/runtime",
                    "JUPYTER_CONFIG_DIR": home, "JUPYTER_DATA_DIR": home, "IPYTHONDIR": home, "HOME": home,
                ],
                errors: try log.writing()
            )
            do {
                let port = try await port(announcedIn: log, by: process)
                let url = "\(scheme)://127.0.0.1:\(port)/1111/"
                try await answers(on: port)
                let result = try await body(RealJupyterServer(url: url, token: token, process: process))
                await end(process)
                return result
            } catch {
                await end(process)
                throw error
            }
        }
    }

    /// A notebook whose server this is.
    package func notebook(token: String? = nil) -> Notebook {
        Notebook(
            id: NotebookID("1111"),
            name: "nb",
            status: .running,
            access: JupyterAccess(url: "\(url)lab", token: Secret(token ?? self.token))
        )
    }

    /// Uses the server as a person would; the arguments are those of `jupyter_kernel.py`.
    @discardableResult
    package func use(_ arguments: String...) async throws -> [String: String] {
        let script = Repository.script("jupyter_kernel.py")
        let result = try await FinishedProcess.run(
            try Repository.python(),
            [script, url] + arguments,
            environment: ["JUPYTER_TOKEN": token]
        )
        try #require(result.status == 0, "\(result.errors)")
        return try JSONDecoder().decode([String: String].self, from: result.output)
    }

    /// Waits for the line in which the server says where it listens.
    private static func port(announcedIn log: LogFile, by process: RunningProcess) async throws -> Int {
        let port = await eventually {
            for line in log.all {
                if let match = line.firstMatch(of: /127\.0\.0\.1:([0-9]+)\/1111\//), let port = Int(match.1) {
                    return port
                }
            }
            return process.isRunning ? nil : 0
        }
        guard let port, port > 0 else {
            throw Failure(text: "the Jupyter Server did not start:\n\(log.all.joined(separator: "\n"))")
        }
        return port
    }

    /// Waits until the port listens: the server tells its address a moment before.
    private static func answers(on port: Int) async throws {
        let listens = await eventually {
            let attempt = try? await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .connect(host: "127.0.0.1", port: port).get()
            try? await attempt?.close().get()
            return attempt.map { _ in true }
        }
        guard listens == true else { throw Failure(text: "the Jupyter Server does not listen on \(port)") }
    }

    private static func end(_ process: RunningProcess) async {
        process.signal(SIGCONT)
        process.signal(SIGTERM)
        await process.exitStatus()
    }

    private struct Failure: Error {
        var text: String
    }
}
