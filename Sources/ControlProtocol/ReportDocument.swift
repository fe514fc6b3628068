// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// What `report --json` prints: who ran how much, what it cost, and what stops saved.
///
/// The groups of each grouping add up to the total; amounts of money are rounded one by one.
package struct ReportDocument: Codable, Equatable, Sendable {
    package let generatedAt: String
    /// The time that was asked about, as far as something is recorded of it.
    package let from: String
    package let to: String
    /// The currency of all amounts; null where the policy names no prices.
    @ExplicitNull package var currency: String?
    package let total: ReportFiguresDocument
    package let by: Groupings

    /// The groups of each grouping, those that ran longest first.
    package struct Groupings: Codable, Equatable, Sendable {
        package let owner: [ReportGroupDocument]
        package let flavor: [ReportGroupDocument]
        package let workspace: [ReportGroupDocument]
        package let rule: [ReportGroupDocument]

        /// The groups of a grouping.
        package subscript(grouping: UsageReport.Grouping) -> [ReportGroupDocument] {
            switch grouping {
            case .owner: owner
            case .flavor: flavor
            case .workspace: workspace
            case .rule: rule
            }
        }
    }

    package init(_ report: UsageReport, generatedAt: Timestamp) {
        self.generatedAt = generatedAt.description
        (from, to) = (report.from.description, report.to.description)
        let hasPrices = report.prices != nil
        total = ReportFiguresDocument(report.total, hasPrices: hasPrices)
        by = Groupings(
            owner: Self.groups(report, .owner),
            flavor: Self.groups(report, .flavor),
            workspace: Self.groups(report, .workspace),
            rule: Self.groups(report, .rule)
        )
        currency = report.prices?.currency
    }

    private static func groups(_ report: UsageReport, _ grouping: UsageReport.Grouping) -> [ReportGroupDocument] {
        let hasPrices = report.prices != nil
        let groups = (report.groups[grouping] ?? [:]).map { key, group in
            ReportGroupDocument(key: key, group, hasPrices: hasPrices)
        }
        return groups.sorted { left, right in
            let (longer, shorter) = (left.figures, right.figures)
            if longer.runningHours != shorter.runningHours { return longer.runningHours > shorter.runningHours }
            if longer.savedHours != shorter.savedHours { return longer.savedHours > shorter.savedHours }
            return (left.key ?? "") < (right.key ?? "")
        }
    }
}

/// One owner, flavor, workspace or rule.
package struct ReportGroupDocument: Codable, Equatable, Sendable {
    /// What tells the group apart: a user id (a name where there is none), a flavor, a workspace or a rule; null for what
    /// belongs to none.
    @ExplicitNull package var key: String?
    /// What people call it.
    @ExplicitNull package var name: String?
    package let figures: ReportFiguresDocument

    init(key: String?, _ group: UsageReport.Group, hasPrices: Bool) {
        figures = ReportFiguresDocument(group.figures, hasPrices: hasPrices)
        self.key = key
        name = group.name
    }
}

/// The figures of a group or of all.
package struct ReportFiguresDocument: Codable, Equatable, Sendable {
    package let runningHours: Double
    /// The part of these hours in which looks prove that nobody used the notebooks.
    package let idleHours: Double
    package let savedHours: Double
    /// What these hours cost, such as `103.20`; null where the policy names no prices.
    @ExplicitNull package var spentMoney: String?
    @ExplicitNull package var idleMoney: String?
    @ExplicitNull package var savedMoney: String?
    /// The part of `runningHours` that has no price; null where the policy names none at all.
    @ExplicitNull package var unpricedHours: Double?
    package let stops: Int
    package let renewals: Int

    init(_ figures: ReportFigures, hasPrices: Bool) {
        func hours(_ milliseconds: Int64) -> Double { Double(milliseconds) / 3_600_000 }
        runningHours = hours(figures.ran.milliseconds)
        idleHours = hours(figures.idle.milliseconds)
        savedHours = hours(figures.saved.milliseconds)
        (stops, renewals) = (figures.stops, figures.renewals)
        guard hasPrices else { return }
        spentMoney = figures.ran.money.description
        idleMoney = figures.idle.money.description
        savedMoney = figures.saved.money.description
        unpricedHours = hours(figures.ran.unpricedMilliseconds)
    }
}
