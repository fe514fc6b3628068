// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What the looks at one run of a notebook showed of its use, as far as the question needs it whether it is made up.
///
/// Bounded, and fed by looks that are taken anyway: about one for each budget.
package struct ActivityTrace: Sendable, Equatable {
    /// The ends of executions that were seen, oldest first.
    private var executions: [Timestamp] = []
    private var lastExecutedAt: Timestamp?
    /// Since when a client has been connected at every look, with nothing executed.
    private var tabOpenSince: Timestamp?
    private var lastLookAt: Timestamp?
    private var loads: [EvidenceName: LoadRun] = [:]

    /// Looks in a row that showed the same load.
    private struct LoadRun: Equatable {
        var value: Double
        var looks: Int
        var since: Timestamp
        var lastAt: Timestamp
    }

    /// How many instants are kept, and so how many must fit once so many were seen.
    private static let mostExecutions = 9
    /// A load that stays at an end of its scale says nothing: work that uses everything looks like that.
    private static let endsOfScales: Set<Double> = [0, 1, 100]
    private static let fewestLooks = 12
    private static let shortestLoad: Duration = .seconds(3_600)

    package init() {}

    /// Takes in a look; one that could not tell changes nothing.
    package mutating func add(_ look: Observation) {
        if case .unknown = look.activity { return }
        addExecution(look)
        addConnections(look)
        addLoad(look)
        lastLookAt = look.observedAt
    }

    /// Everything that looks made up by now.
    package func findings(_ settings: PlausibilitySettings) -> [Implausibility] {
        var findings: [Implausibility] = []
        if let period = Regularity.period(of: executions) {
            findings.append(.regularExecutions(every: period, seen: executions.count))
        }
        if let tabOpenSince, let lastLookAt, lastLookAt - tabOpenSince > settings.openTabAfter {
            findings.append(.openTab(since: tabOpenSince))
        }
        for (source, run) in loads.sorted(by: { $0.key.text < $1.key.text })
        where run.looks >= Self.fewestLooks && run.lastAt - run.since >= Self.shortestLoad {
            findings.append(.constantLoad(source: source, value: run.value, looks: run.looks))
        }
        return findings
    }

    /// Keeps an execution that had ended a while before the look.
    ///
    /// Looks come in steps of their own, a budget after the last activity. What ended right before them, such as one of many
    /// short executions, would show the steps of the looks.
    private mutating func addExecution(_ look: Observation) {
        guard
            let at = look.signals.executedAt, look.observedAt - at >= Regularity.shortestPeriod,
            executions.last.map({ at - $0 >= Regularity.shortestPeriod }) ?? true
        else { return }
        executions.append(at)
        if executions.count > Self.mostExecutions { executions.removeFirst() }
    }

    private mutating func addConnections(_ look: Observation) {
        let signals = look.signals
        guard let connections = signals.connections else { return }
        let hasExecuted = signals.isExecuting || signals.executedAt != lastExecutedAt
        lastExecutedAt = signals.executedAt
        if connections == 0 || signals.isExecuting {
            tabOpenSince = nil
        } else if hasExecuted || tabOpenSince == nil {
            tabOpenSince = look.observedAt
        }
    }

    private mutating func addLoad(_ look: Observation) {
        guard let load = look.signals.load else { return }
        guard look.activity == .active, !Self.endsOfScales.contains(load) else {
            loads[look.source] = nil
            return
        }
        guard var run = loads[look.source], run.value == load else {
            loads[look.source] = LoadRun(value: load, looks: 1, since: look.observedAt, lastAt: look.observedAt)
            return
        }
        // One answer may be handed out several times.
        guard look.observedAt > run.lastAt else { return }
        run.looks += 1
        run.lastAt = look.observedAt
        loads[look.source] = run
    }
}
