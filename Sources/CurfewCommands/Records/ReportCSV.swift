// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore

/// A report as comma-separated values (RFC 4180) for spreadsheets, a row per group and none for the total.
struct ReportCSV {
    let document: ReportDocument
    let grouping: UsageReport.Grouping

    /// The lines, without their ends (CR LF).
    var lines: [String] {
        let header = [
            grouping.rawValue, "key", "running_hours", "idle_hours", "saved_hours", "currency", "spent", "idle_spent",
            "saved", "unpriced_hours", "stops", "renewals",
        ]
        return ([header] + document.by[grouping].map(row)).map { $0.map(Self.cell).joined(separator: ",") }
    }

    private func row(_ group: ReportGroupDocument) -> [String] {
        let figures = group.figures
        func hours(_ hours: Double) -> String { DecimalText.decimal(hours, digits: 3) }
        return [
            group.label ?? "", group.key ?? "", hours(figures.runningHours), hours(figures.idleHours),
            hours(figures.savedHours), document.currency ?? "", figures.spentMoney ?? "", figures.idleMoney ?? "",
            figures.savedMoney ?? "", figures.unpricedHours.map(hours) ?? "", "\(figures.stops)",
            "\(figures.renewals)",
        ]
    }

    /// A cell that no spreadsheet takes for a formula: user names come from the cloud, and anybody may choose his.
    static func cell(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r\n＝＋－＠".unicodeScalars.contains($0) } ?? false
        let safe = isFormula ? "'" + text : text
        let isSpecial = safe.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
        guard isSpecial || safe != safe.trimmingSpaces else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}

extension String {
    /// The text without spaces at its ends, which some programs drop where no quotes protect them.
    fileprivate var trimmingSpaces: Substring {
        let start = drop { $0 == " " }
        return start.lastIndex { $0 != " " }.map { start[...$0] } ?? ""
    }
}
