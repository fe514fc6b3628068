// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine

/// One notebook in the demonstration's table.
struct DemoRow {
    let cells: [TextTable.Cell]

    init(_ view: NotebookView, now: Timestamp, stoppedAt: Timestamp?, prolonged: Int) {
        let notebook = view.record.notebook
        let isRunning = notebook.status.isRunning
        cells = [
            .init(notebook.name, .bold),
            .init(notebook.owner.name ?? "-"),
            .init(Self.kind(notebook.flavor)),
            .init(notebook.status.description.lowercased(), isRunning ? nil : .dim),
            Self.use(view, now: now),
            .init(Self.leaseLeft(view, now: now)),
            Self.doing(view, now: now, stoppedAt: stoppedAt, prolonged: prolonged),
        ]
    }

    private static func leaseLeft(_ view: NotebookView, now: Timestamp) -> String {
        let notebook = view.record.notebook
        guard notebook.status.isRunning, let expiry = notebook.lease.lease?.expiry, expiry > now else {
            return LeaseText.left(of: notebook, now: now)
        }
        return (expiry - now).inMinutes
    }

    private static func kind(_ flavor: String?) -> String {
        guard let flavor else { return "-" }
        for kind in ["gpu", "npu"] where flavor.contains(".\(kind).") { return kind.uppercased() }
        return "CPU"
    }

    private static func use(_ view: NotebookView, now: Timestamp) -> TextTable.Cell {
        guard view.record.notebook.status.isRunning else { return .init("-", .dim) }
        guard let activity = view.decision.activity else { return .init("not asked", .dim) }
        switch activity.state {
        case .active(_, let detail): return .init(detail.contains("busy") ? "working: cell runs" : "working", .green)
        case .unknown: return .init(activity.evidence.isEmpty ? "…" : "no answer", .yellow)
        case .idle:
            let idle = max(.zero, now - activity.lastActivityAt)
            return idle < .seconds(600) ? .init("working", .green) : .init("idle \(idle.inMinutes)", .yellow)
        }
    }

    private static func doing(
        _ view: NotebookView,
        now: Timestamp,
        stoppedAt: Timestamp?,
        prolonged: Int
    ) -> TextTable.Cell {
        let notebook = view.record.notebook
        guard notebook.status.isRunning else {
            if let stoppedAt { return .init("stopped at \(stoppedAt.clock)", .red) }
            return .init("nothing: its user stopped it", .dim)
        }
        let times = prolonged > 0 ? " (lease prolonged \(prolonged)x)" : ""
        for reason in view.decision.reasons {
            switch reason {
            case .exempt: return .init("nothing: exempt", .dim)
            case .keptAlive: return .init("keeps it alive\(times)", .green)
            case .evidenceUnknown(_, .notObserved): return .init("looks", .dim)
            case .evidenceUnknown: return .init("leaves it: cannot look inside", .yellow)
            default: continue
            }
        }
        guard let deadline = view.decision.deadline else { return .init("watches\(times)") }
        if case .active? = view.decision.activity?.state { return .init("leaves it: in use\(times)", .green) }
        if view.record.warning != nil { return .init("warned, stops it at \(deadline.clock)", .yellow) }
        return .init("stops it at \(deadline.clock) unless used\(times)")
    }
}
