// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore
import Foundation

/// What `status` prints: what holds stops, the notebooks, the fleet in figures.
struct StatusReport {
    private let status: StatusAnswer
    private let order: StatusOrder
    private let zone: TimeZone

    init(_ status: StatusAnswer, order: StatusOrder, zone: TimeZone = .current) {
        (self.status, self.order, self.zone) = (status, order, zone)
    }

    func lines(_ terminal: Terminal, now: Timestamp) -> [String] {
        let table = StatusTable(rows: order.sorted(status.rows), now: status.generatedAt, zone: zone)
        let rows = status.rows.isEmpty ? ["no notebooks"] : table.lines(terminal)
        return header(terminal, now: now) + [""] + rows
    }

    private func header(_ terminal: Terminal, now: Timestamp) -> [String] {
        var lines = [terminal.styled(status.mode, .bold) + ": " + figures]
        if let policy { lines.append(policy) }
        if let stale = stale(now) { lines.append(terminal.styled("! \(stale)", .yellow)) }
        return lines
            + (status.holds + status.troubles).map { terminal.styled("! \(clock.localized($0).printable)", .red) }
    }

    private var clock: LocalTime { LocalTime(zone: zone, now: status.generatedAt) }

    private var figures: String {
        let running = status.rows.count { $0.isRunning }
        var parts = [status.rows.count == 1 ? "1 notebook" : "\(status.rows.count) notebooks", "\(running) running"]
        for action in ["stop", "warn", "prolong"] {
            let count = status.rows.count { $0.action == action }
            if count > 0 { parts.append("\(count) to \(action)") }
        }
        let kept = status.rows.count { $0.isRunning && $0.keptUntil != nil }
        if kept > 0 { parts.append("\(kept) kept") }
        let dark = status.rows.count { $0.isRunning && $0.use == .unknown }
        if dark > 0 { parts.append("\(dark) of unknown use") }
        let stuck = status.rows.count { $0.isStuck }
        if stuck > 0 { parts.append("\(stuck) stuck") }
        if let next = status.rows.compactMap(\.deadline).filter({ $0 > status.generatedAt }).min() {
            parts.append("next deadline \(clock.text(next))")
        }
        return parts.joined(separator: ", ")
    }

    private var policy: String? {
        guard let policy = status.policy else { return nil }
        return "policy \(policy.path), in force since \(clock.text(policy.since))"
    }

    /// That the picture is old, which a daemon whose loop hangs would leave.
    private func stale(_ now: Timestamp) -> String? {
        guard let listed = status.lastListedAt else { return "the notebooks have not been listed completely yet" }
        guard now - listed > .seconds(600) else { return nil }
        return "the notebooks were last listed completely \((now - listed).roundedText) ago"
    }
}
