// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What the user of a notebook does, or what has become of its Jupyter server.
///
/// All instants are milliseconds since 1970 UTC. What a probe sees is a pure function of the behaviour, the moment at which
/// the notebook last became RUNNING, and now; activity from before that moment does not exist, because a restart ends
/// every kernel.
package enum Behaviour: Sendable, Equatable {
    /// Runs a few cells every ten minutes, for ever.
    case working

    /// Works as in `working`, until the user leaves at the given instant.
    case goneHome(at: Int64)

    /// Works as in `working`, but within these hours only; in order and apart from each other.
    case sessions([Range<Int64>])

    /// One long cell without output: the kernel is busy, while its last activity stays at the start and moves to the end.
    case silentTraining(from: Int64, to: Int64)

    /// Nothing since the given instant, but the browser tab is still connected.
    case openTab(since: Int64)

    /// Types in a terminal every two minutes until the given instant (`nil`: for ever); there is no kernel.
    case terminal(until: Int64?)

    /// An idle kernel whose last cell ended at the given instant.
    case idleSince(Int64)

    /// Nobody ever opened it: no kernel, no terminal.
    case untouched

    /// A real Jupyter server elsewhere, with its address (ending in `/lab`) and the token that it was started with.
    case external(url: String, token: String)

    /// The Jupyter server does not answer: the gateway says 503.
    case unreachableJupyter

    /// The Jupyter server answers with something that is not its API.
    case garbageJupyter
}

extension Behaviour {
    /// What the Jupyter server of a run shows.
    /// - Parameters:
    ///   - start: When the notebook last became RUNNING.
    ///   - now: The present instant, not before `start`.
    /// - Returns: Kernels, terminals and their last activity.
    func activity(runStartedAt start: Int64, now: Int64) -> JupyterActivity {
        switch self {
        case .working:
            return JupyterActivity.working(in: [start..<Int64.max], runStartedAt: start, now: now)
        case .goneHome(let at):
            return JupyterActivity.working(in: at > start ? [start..<at] : [], runStartedAt: start, now: now)
        case .sessions(let sessions):
            return JupyterActivity.working(in: sessions, runStartedAt: start, now: now)
        case .silentTraining(let from, let to):
            guard start <= from, from <= now else { return .none(runStartedAt: start) }
            let isBusy = now < to
            var activity = JupyterActivity.kernel(isBusy: isBusy, lastActivity: isBusy ? from : to, start: start)
            activity.lastUse = min(now, to)
            return activity
        case .openTab(let since):
            guard since >= start, since <= now else { return .none(runStartedAt: start) }
            return .kernel(isBusy: false, lastActivity: since, connections: 1, start: start)
        case .idleSince(let since):
            guard since >= start, since <= now else { return .none(runStartedAt: start) }
            return .kernel(isBusy: false, lastActivity: since, start: start)
        case .terminal(let until):
            let typed = min(now, until ?? .max)
            guard typed >= start else { return .none(runStartedAt: start) }
            var activity = JupyterActivity.none(runStartedAt: start)
            activity.lastUse = typed - (typed - start) % 120_000
            activity.terminals = [activity.lastUse]
            return activity
        case .untouched, .external, .unreachableJupyter, .garbageJupyter:
            return .none(runStartedAt: start)
        }
    }

    /// The latest instant at which the notebook used its processors, as an IDLE lease sees it.
    func lastUse(runStartedAt start: Int64, now: Int64) -> Int64 {
        activity(runStartedAt: start, now: max(start, now)).lastUse
    }
}
