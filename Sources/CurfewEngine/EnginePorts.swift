// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// Everything outside that the engine uses.
package struct EnginePorts: Sendable {
    package var service: any NotebookService
    /// The probe for each source of the policy's evidence.
    package var probes: @Sendable (Policy) -> [EvidenceName: any ActivityProbe]
    package var ledger: any Ledger
    package var time: any TimeSource
    /// Takes what people and programs should know, in order, from the loop itself: it must not wait.
    package var report: @Sendable (EngineReport) -> Void

    package init(
        service: any NotebookService,
        probes: @escaping @Sendable (Policy) -> [EvidenceName: any ActivityProbe],
        ledger: any Ledger,
        time: any TimeSource,
        report: @escaping @Sendable (EngineReport) -> Void
    ) {
        self.service = service
        self.probes = probes
        self.ledger = ledger
        self.time = time
        self.report = report
    }
}

/// Places where a program around the engine may look on.
package struct EngineHooks: Sendable {
    /// Called by the loop at the end of each turn; it must not wait.
    package var turnEnded: @Sendable (EngineState) -> Void
    /// The longest pause between two turns, so that a watchdog hears from the loop itself; nil for none.
    package var heartbeat: Duration?

    package init(heartbeat: Duration? = nil, turnEnded: @escaping @Sendable (EngineState) -> Void = { _ in }) {
        self.heartbeat = heartbeat
        self.turnEnded = turnEnded
    }
}
