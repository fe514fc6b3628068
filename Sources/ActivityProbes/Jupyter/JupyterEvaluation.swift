// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// What a Jupyter server's replies mean: a pure function of the replies, the settings and the time.
struct JupyterEvaluation: Sendable, Equatable {
    let activity: Activity
    let serverStartedAt: Timestamp?
    /// For people: `kernel 8954abcd busy`, `2 kernels idle, terminal 1`.
    let detail: String
    let signals: Signals

    /// Weighs the replies, reading all stamps by the clocks they were written by.
    ///
    /// Throws `.unintelligible` for an unheard-of kernel state, for a stamp from the future, and when nothing dates the
    /// last activity: an absent stamp is never an infinite idle time (D4).
    init(
        _ replies: JupyterReplies,
        clock: ServerClock,
        now: Timestamp,
        settings: JupyterSettings
    ) throws(ProbeFailure) {
        var uses: [String] = []
        var stamps: [Timestamp] = []
        var signals = Signals(connections: replies.status.connections)
        for kernel in replies.kernels {
            let stamp = try clock.instant(kernel.lastActivity, now: now)
            stamps.append(stamp)
            guard let state = KernelState(rawValue: kernel.state) else {
                let state = kernel.state.printable(32)
                throw ProbeFailure(.unintelligible("\(kernel.label) is in the unheard-of state \(state)"))
            }
            signals.note(state, at: stamp)
            if state.isActive(since: stamp, now: now, settings: settings) {
                uses.append("\(kernel.label) \(state.rawValue)")
            }
        }
        self.signals = signals
        let terminals = settings.terminalIsActive ? replies.terminals : []
        for terminal in terminals {
            stamps.append(try clock.instant(terminal.lastActivity, now: now))
        }
        if settings.connectionIsActive {
            guard let connections = replies.status.connections else {
                throw ProbeFailure(.unintelligible("api/status does not count the connections"))
            }
            if connections > 0 { uses.append(count(connections, "connection")) }
        }
        if stamps.isEmpty, let own = replies.status.lastActivity {
            stamps.append(try clock.instant(own, now: now))
        }
        if let startedAt = replies.status.startedAt {
            serverStartedAt = try clock.instant(startedAt, now: now)
        } else {
            serverStartedAt = nil
        }
        if let use = uses.first {
            activity = .active
            detail = uses.count == 1 ? use : "\(use) and \(uses.count - 1) more"
        } else if let last = stamps.max() {
            activity = .idle(since: last)
            detail = JupyterEvaluation.describe(replies.kernels, terminals)
        } else {
            throw ProbeFailure(.unintelligible("api/status has no last_activity"))
        }
    }

    private static func describe(
        _ kernels: [JupyterReplies.Kernel],
        _ terminals: [JupyterReplies.Terminal]
    ) -> String {
        var parts: [String] = []
        let states = Set(kernels.map(\.state)).sorted()
        for state in states {
            let those = kernels.filter { $0.state == state }
            let what = those.count == 1 ? those[0].label : count(those.count, "kernel")
            parts.append("\(what) \(state)")
        }
        if terminals.count == 1 { parts.append("terminal \(terminals[0].name.printable(8))") }
        if terminals.count > 1 { parts.append(count(terminals.count, "terminal")) }
        return parts.isEmpty ? "no kernel, no terminal" : parts.joined(separator: ", ")
    }
}

/// The states of a kernel whose meaning is known (Jupyter Server 2, `execution_state`).
private enum KernelState: String {
    case busy
    case idle
    case dead
    case starting
    case restarting

    /// How long a kernel that is starting counts as active; one without a client stays `starting` for ever.
    private static let startingTime = Duration.seconds(300)

    /// Whether a kernel in this state, last active at `stamp`, is in use now.
    func isActive(since stamp: Timestamp, now: Timestamp, settings: JupyterSettings) -> Bool {
        switch self {
        case .busy: settings.busyKernelIsActive
        case .idle, .dead: false
        case .starting, .restarting: now - stamp < Self.startingTime
        }
    }
}

extension Signals {
    /// Takes in one kernel: its stamp tells when it last executed, unless it has not finished yet.
    fileprivate mutating func note(_ state: KernelState, at stamp: Timestamp) {
        switch state {
        case .busy, .starting, .restarting:
            isExecuting = true
            executedAt = nil
        case .idle, .dead:
            if !isExecuting { executedAt = max(executedAt ?? stamp, stamp) }
        }
    }
}

extension JupyterReplies.Kernel {
    /// `kernel 8954abcd`: enough of the identifier to find it.
    fileprivate var label: String { "kernel \(id.printable(8))" }
}

extension String {
    /// At most so many harmless characters: what a server calls its parts ends up in logs and on terminals.
    fileprivate func printable(_ limit: Int) -> String {
        let harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
        let kept = filter { harmless.contains($0) }.prefix(limit)
        return kept.isEmpty ? "(unnamed)" : String(kept)
    }
}

private func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
}
