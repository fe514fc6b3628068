// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore
import Foundation

/// The notebooks of `status` as a table.
struct StatusTable {
    let rows: [StatusTableRow]
    let now: Timestamp
    var zone: TimeZone = .current

    func lines(_ terminal: Terminal) -> [String] {
        var table = TextTable([
            .init("NOTEBOOK", fit: .cut), .init("OWNER", fit: .cut), .init("LEASE", .right), "IN USE?",
            .init("DEADLINE", .right), "VERDICT", .init("WHY", fit: .cut),
        ])
        for row in rows { table.add(cells(row)) }
        return table.lines(terminal)
    }

    private func cells(_ row: StatusTableRow) -> [TextTable.Cell] {
        let shade: Terminal.Style? = row.isRunning ? nil : .dim
        return [
            .init(row.name, shade),
            .init(row.owner ?? "-", shade),
            .init(lease(row), shade),
            use(row),
            .init(row.deadline.map(left) ?? "-", shade),
            verdict(row),
            .init(why(row), shade),
        ]
    }

    private func lease(_ row: StatusTableRow) -> String {
        guard row.isRunning else { return "-" }
        return row.leaseExpiresAt.map(left) ?? (row.leaseType == nil ? "unknown" : "no end")
    }

    private func left(until instant: Timestamp) -> String {
        instant > now ? (instant - now).roundedText : "over"
    }

    private func use(_ row: StatusTableRow) -> TextTable.Cell {
        guard row.isRunning else { return .init(row.status.lowercased(), .dim) }
        switch row.use {
        case .notAsked: return .init("-")
        case .active: return .init("active", .green)
        case .idle(let since): return .init("idle \(max(.zero, now - since).roundedText)")
        case .notLooked: return .init("not looked", .dim)
        case .unknown: return .init("unknown", .yellow)
        }
    }

    private func verdict(_ row: StatusTableRow) -> TextTable.Cell {
        if row.isStuck { return .init("stuck", .red) }
        switch row.underWay {
        case "stop": return .init("stopping", .red)
        case "prolong": return .init("prolonging", .green)
        default: break
        }
        switch row.action {
        case "stop": return .init("stop", .red)
        case "warn": return .init("warn", .yellow)
        case "prolong": return .init("prolong", .green)
        default: return .init(row.keptUntil == nil ? row.action : "keep", row.isRunning ? nil : .dim)
        }
    }

    private func why(_ row: StatusTableRow) -> String {
        let mark = row.keptUntil.map { "kept until \(LocalTime(zone: zone, now: now).text($0))" }
        return [mark, row.rule.map { "\($0): \(row.reasons)" } ?? row.reasons].compactMap(\.self).joined(
            separator: "; "
        )
    }
}
