// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// Something about a notebook's use that looked made up, and when it was told.
package struct ImplausibilityReport: Sendable, Hashable {
    package var finding: Implausibility
    package var reportedAt: Timestamp
}

extension EngineState {
    /// The pause between two reports of the same kind about the same notebook.
    private static let reportSpacing: Duration = .seconds(86_400)

    /// Adds a look to the trace of the notebook's use, where the policy asks for it, and reports what looks made up.
    ///
    /// It reports and does nothing else: no decision knows of it, and no look is taken for it.
    mutating func noteSignals(_ look: Observation, of tracked: TrackedNotebook, now: Timestamp) {
        guard let settings = policy.plausibility else { return }
        var trace = tracked.trace ?? ActivityTrace()
        trace.add(look)
        tracked.trace = trace
        for finding in trace.findings(settings) {
            let index = tracked.implausibilities.firstIndex { $0.finding.code == finding.code }
            if let index, now - tracked.implausibilities[index].reportedAt < Self.reportSpacing { continue }
            let report = ImplausibilityReport(finding: finding, reportedAt: now)
            if let index { tracked.implausibilities[index] = report } else { tracked.implausibilities.append(report) }
            effects.append(.report(.implausible(tracked.record.notebook, finding)))
        }
    }
}
