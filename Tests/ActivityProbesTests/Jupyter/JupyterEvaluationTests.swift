// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import ActivityProbes

@Suite struct JupyterEvaluationTests {
    private let now = Timestamp(milliseconds: 1_795_232_858_000)

    private func ago(_ seconds: Int) -> Timestamp { now - .seconds(seconds) }

    private func kernel(_ state: String, _ seconds: Int, id: String = "8954abcd-0000") -> JupyterReplies.Kernel {
        JupyterReplies.Kernel(id: id, state: state, lastActivity: ago(seconds))
    }

    private func terminal(_ seconds: Int, name: String = "1") -> JupyterReplies.Terminal {
        JupyterReplies.Terminal(name: name, lastActivity: ago(seconds))
    }

    private func evaluate(
        _ kernels: [JupyterReplies.Kernel] = [],
        _ terminals: [JupyterReplies.Terminal] = [],
        connections: Int? = 0,
        status: Int? = 9_000,
        settings: JupyterSettings = JupyterSettings()
    ) throws -> JupyterEvaluation {
        let replies = JupyterReplies(
            status: .init(lastActivity: status.map(ago), startedAt: ago(10_000), connections: connections),
            kernels: kernels,
            terminals: terminals
        )
        return try JupyterEvaluation(replies, clock: ServerClock(safestOf: []), now: now, settings: settings)
    }

    @Test func `a busy kernel is active, however long it has been silent`() throws {
        let result = try evaluate([kernel("idle", 50), kernel("busy", 900_000)])
        #expect(result.activity == .active)
        #expect(result.detail == "kernel 8954abcd busy")
        #expect(result.serverStartedAt == ago(10_000))
    }

    @Test func `a busy kernel counts by its last activity where the policy says so`() throws {
        let result = try evaluate([kernel("busy", 600)], settings: JupyterSettings(busyKernelIsActive: false))
        #expect(result.activity == .idle(since: ago(600)))
    }

    @Test(arguments: ["idle", "dead"]) func `a quiet kernel counts by its last activity`(state: String) throws {
        let result = try evaluate([kernel(state, 600)], status: 1)
        #expect(result.activity == .idle(since: ago(600)))
        #expect(result.detail == "kernel 8954abcd \(state)")
    }

    @Test(arguments: ["starting", "restarting"])
    func `a kernel that starts is active for five minutes`(state: String) throws {
        #expect(try evaluate([kernel(state, 299)]).activity == .active)
        #expect(try evaluate([kernel(state, 300)]).activity == .idle(since: ago(300)))
    }

    @Test func `the latest of all kernels and terminals counts, not the server's own stamp`() throws {
        let kernels = [kernel("idle", 700), kernel("idle", 600)]
        let result = try evaluate(kernels, [terminal(500)], status: 1)
        #expect(result.activity == .idle(since: ago(500)))
        #expect(result.detail == "2 kernels idle, terminal 1")
        #expect(try evaluate(kernels, [terminal(900), terminal(901)]).activity == .idle(since: ago(600)))
    }

    @Test func `terminals do not count where the policy says so`() throws {
        let settings = JupyterSettings(terminalIsActive: false)
        #expect(
            try evaluate([kernel("idle", 600)], [terminal(5)], settings: settings).activity == .idle(since: ago(600))
        )
        #expect(try evaluate([], [terminal(5)], status: 700, settings: settings).activity == .idle(since: ago(700)))
    }

    @Test func `connections count only where the policy says so`() throws {
        let settings = JupyterSettings(connectionIsActive: true)
        #expect(try evaluate([kernel("idle", 600)], connections: 2).activity == .idle(since: ago(600)))
        let result = try evaluate([kernel("idle", 600)], connections: 2, settings: settings)
        #expect(result.activity == .active)
        #expect(result.detail == "2 connections")
        #expect(
            try evaluate([kernel("idle", 600)], connections: 0, settings: settings).activity == .idle(since: ago(600))
        )
        #expect(throws: ProbeFailure.self) { try evaluate([kernel("idle", 600)], connections: nil, settings: settings) }
    }

    @Test func `without kernel and terminal the server's own stamp counts`() throws {
        let result = try evaluate(status: 4_000)
        #expect(result.activity == .idle(since: ago(4_000)))
        #expect(result.detail == "no kernel, no terminal")
    }

    @Test func `D4: nothing at all and no stamp is unknown, not idle for ever`() {
        #expect(throws: ProbeFailure.self) { try evaluate(status: nil) }
    }

    @Test func `an unheard-of state is unknown, even beside a busy kernel`() {
        #expect(
            throws: ProbeFailure(.unintelligible("kernel 8954abcd is in the unheard-of state hibernating"))
        ) { try evaluate([kernel("busy", 1), kernel("hibernating", 1)]) }
    }

    @Test func `a stamp from the future is unknown`() {
        #expect(throws: ProbeFailure.self) { try evaluate([kernel("idle", -61)]) }
        #expect(throws: ProbeFailure.self) { try evaluate([kernel("idle", 60)], [terminal(-61)]) }
    }

    @Test func `what a server calls its parts cannot paint the terminal`() throws {
        let result = try evaluate([kernel("idle", 5, id: "\u{1B}[31m<b>\nx")], [terminal(6, name: "\n\t")])
        #expect(result.detail == "kernel 31mbx idle, terminal (unnamed)")
    }

    @Test func `connections and the end of the last execution are handed over`() throws {
        let quiet = try evaluate([kernel("idle", 600), kernel("dead", 300)], [terminal(5)], connections: 2)
        #expect(quiet.signals == Signals(connections: 2, executedAt: ago(300)))
        #expect(try evaluate([], connections: nil).signals == Signals())
    }

    @Test(arguments: ["busy", "starting", "restarting"])
    func `an execution that goes on has no end yet`(state: String) throws {
        for kernels in [[kernel("idle", 5), kernel(state, 600)], [kernel(state, 600), kernel("idle", 5)]] {
            #expect(try evaluate(kernels).signals == Signals(connections: 0, isExecuting: true))
        }
    }
}
