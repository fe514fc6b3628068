// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ActivityProbes
import AsyncHTTPClient
import CurfewCore
import CurfewEngine
import Foundation
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

/// Looks at real Jupyter Servers, used by real clients.
@Suite(.serialized, .timeLimit(.minutes(20))) struct RealJupyterServerTests {
    private let machine = MachineTime()

    private func withProbe<Result>(
        _ settings: JupyterSettings = JupyterSettings(timeout: patience),
        time: any TimeSource = MachineTime(),
        options: [String] = [],
        _ body: (JupyterProbe, RealJupyterServer, HTTPClient) async throws -> Result
    ) async throws -> Result {
        try await withClient { client in
            try await RealJupyterServer.with(options: options) { server in
                let probe = JupyterProbe(name: EvidenceName("jupyter"), settings: settings, client: client, time: time)
                return try await body(probe, server, client)
            }
        }
    }

    /// All time stamps of the server, read without moving one.
    private func stamps(of server: RealJupyterServer, _ client: HTTPClient) async throws -> [String] {
        var stamps: [String] = []
        for name in ["status", "kernels", "terminals"] {
            var request = HTTPClientRequest(url: "\(server.url)api/\(name)?no_track_activity=1")
            request.headers = ["Authorization": "token \(server.token)"]
            let body = try await client.execute(request, timeout: .minutes(4)).body.collect(upTo: 100_000)
            for match in String(buffer: body).matches(of: /"last_activity": "([^"]+)"/) {
                stamps.append(String(match.1))
            }
        }
        return stamps
    }

    @Test func `a server without kernel and terminal is idle since its own stamp`() async throws {
        try await withProbe { probe, server, client in
            let stamp = try #require(try await stamps(of: server, client).first.flatMap(Timestamp.init(rfc3339:)))
            let observation = await probe.observe(server.notebook(), budget: .seconds(3_600))
            #expect(observation.activity == .idle(since: stamp))
            #expect(observation.detail == "no kernel, no terminal")
            let started = try #require(observation.serverStartedAt)
            #expect(started <= stamp && observation.observedAt >= stamp)
        }
    }

    @Test func `D20: looking moves no stamp, by header and by login`() async throws {
        try await withProbe { byHeader, server, client in
            let settings = JupyterSettings(timeout: patience, authentication: .login)
            let byLogin = JupyterProbe(name: EvidenceName("login"), settings: settings, client: client, time: machine)
            try await server.use("run", "--wait", "1+1")
            try await server.use("terminal", "true")
            let before = try await stamps(of: server, client)
            try #require(before.count == 3)
            for _ in 0..<3 {
                for probe in [byHeader, byLogin] {
                    let activity = await probe.observe(server.notebook(), budget: .seconds(3_600)).activity
                    guard case .idle = activity else {
                        Issue.record("\(activity)")
                        continue
                    }
                }
            }
            #expect(try await stamps(of: server, client) == before)
            // The same request without the parameter does move one, so this test could have failed.
            var tracked = HTTPClientRequest(url: "\(server.url)api/kernels")
            tracked.headers = ["Authorization": "token \(server.token)"]
            _ = try await client.execute(tracked, timeout: .minutes(4)).body.collect(upTo: 100_000)
            #expect(try await stamps(of: server, client) != before)
        }
    }

    @Test func `a silent cell is active while it runs, and idle since its end`() async throws {
        try await withProbe { probe, server, client in
            let kernel = try #require(try await server.use("run", "while True: pass")["kernel"])
            let busy = await probe.observe(server.notebook(), budget: .seconds(3_600))
            #expect(busy.activity == .active)
            #expect(busy.detail == "kernel \(kernel.prefix(8)) busy")
            try await server.use("delete", kernel)
            let ended = try #require(try await server.use("run", "--wait", "1+1")["kernel"])
            let stamp = try #require(try await stamps(of: server, client).last.flatMap(Timestamp.init(rfc3339:)))
            let idle = await probe.observe(server.notebook(), budget: .seconds(3_600))
            #expect(idle.activity == .idle(since: stamp))
            #expect(idle.detail == "kernel \(ended.prefix(8)) idle")
        }
    }

    @Test func `a kernel that waits for a client for ever is active for five minutes only`() async throws {
        let time = SettableTime()
        // Without a readable date, the difference between the clocks is not taken for the server's being wrong.
        let options = ["--ServerApp.tornado_settings={'headers': {'Date': 'unsaid'}}"]
        try await withProbe(time: time, options: options) { probe, server, client in
            let kernel = try #require(try await server.use("start")["kernel"])
            let stamp = try #require(try await stamps(of: server, client).last.flatMap(Timestamp.init(rfc3339:)))
            time.move(by: machine.now - time.now)
            let young = await probe.observe(server.notebook(), budget: .seconds(3_600))
            #expect(young.activity == .active)
            #expect(young.detail == "kernel \(kernel.prefix(8)) starting")
            time.move(by: .seconds(301))
            let old = await probe.observe(server.notebook(), budget: .seconds(3_600))
            // The kernel may still say something of itself while it starts.
            let last = try #require(try await stamps(of: server, client).last.flatMap(Timestamp.init(rfc3339:)))
            guard case .idle(let since) = old.activity else {
                Issue.record("\(old.activity)")
                return
            }
            #expect(since >= stamp && since <= last)
            #expect(old.detail == "kernel \(kernel.prefix(8)) starting")
        }
    }

    @Test func `a terminal counts by what last happened in it, not by being open`() async throws {
        try await withProbe { probe, server, client in
            try await server.use("terminal", "echo hello")
            let stamp = try #require(try await stamps(of: server, client).last.flatMap(Timestamp.init(rfc3339:)))
            let observation = await probe.observe(server.notebook(), budget: .seconds(3_600))
            #expect(observation.activity == .idle(since: stamp))
            #expect(observation.detail == "terminal 1")
        }
    }

    @Test func `a server whose terminals are switched off has none`() async throws {
        try await withProbe(options: ["--ServerApp.terminals_enabled=False"]) { probe, server, _ in
            let observation = await probe.observe(server.notebook(), budget: .seconds(3_600))
            #expect(observation.detail == "no kernel, no terminal", "\(observation.activity)")
        }
    }

    @Test(arguments: JupyterSettings.Authentication.allCases)
    func `D1: a wrong token is refused, which is unknown`(way: JupyterSettings.Authentication) async throws {
        try await withProbe(JupyterSettings(timeout: patience, authentication: way)) { probe, server, _ in
            let activity = await probe.observe(server.notebook(), budget: .seconds(3_600)).activity
            #expect(activity.unknownKind == nil, "\(activity)")
            let refused = await probe.observe(server.notebook(token: "another"), budget: .seconds(3_600))
            #expect(refused.activity == .unknown(.refused("api/kernels: HTTP 403")))
        }
    }

    @Test func `D1: a server that stands still is unknown within the timeout`() async throws {
        try await withProbe(JupyterSettings(timeout: .milliseconds(300))) { probe, server, _ in
            server.process.signal(SIGSTOP)
            let before = machine.now
            let hung = await probe.observe(server.notebook(), budget: .seconds(3_600))
            #expect(hung.activity.unknownKind == "unreachable")
            #expect(machine.now - before < .seconds(5))
            server.process.signal(SIGCONT)
        }
    }

    @Test func `a server that is gone is unknown at once`() async throws {
        try await withProbe { probe, server, _ in
            server.process.signal(SIGKILL)
            await server.process.exitStatus()
            let before = machine.now
            #expect(
                await probe.observe(server.notebook(), budget: .seconds(3_600)).activity
                    == .unknown(.unreachable("api/kernels: connection refused"))
            )
            #expect(machine.now - before < .seconds(5))
        }
    }

    @Test func `a private authority is trusted where it is given, and nowhere else`() async throws {
        try await withTemporaryFolder { folder in
            let authority = try await OwnAuthority(in: folder)
            try await withClient(caFile: authority.certificate) { trusting in
                let options = [
                    "--ServerApp.certfile=\(authority.certificate)", "--ServerApp.keyfile=\(authority.key)",
                ]
                try await RealJupyterServer.with(options: options, scheme: "https") { server in
                    try #require(server.url.hasPrefix("https://"))
                    let settings = JupyterSettings(timeout: patience)
                    let name = EvidenceName("jupyter")
                    let probe = JupyterProbe(name: name, settings: settings, client: trusting, time: machine)
                    let trusted = await probe.observe(server.notebook(), budget: .seconds(3_600))
                    #expect(trusted.detail == "no kernel, no terminal", "\(trusted.activity)")
                    try await withClient { doubting in
                        let probe = JupyterProbe(name: name, settings: settings, client: doubting, time: machine)
                        let doubted = await probe.observe(server.notebook(), budget: .seconds(3_600)).activity
                        #expect(doubted == .unknown(.unreachable("api/kernels: no trusted TLS connection")))
                    }
                }
            }
        }
    }
}
