// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore

/// What two policies say of the same notebooks, side by side.
struct PlanComparison {
    /// How the second policy treats a notebook otherwise, the gravest first.
    enum Change: String, CaseIterable {
        case newlyDue = "newly due"
        case noLongerKept = "no longer kept alive"
        case earlier = "due earlier"
        case later = "due later"
        case noLongerDue = "no longer due"
        case newlyKept = "newly kept alive"
        case otherwise = "otherwise different"
        case none = "unchanged"
    }

    private let names: (before: String, after: String)
    private let before: PlanAnswer
    private let after: PlanAnswer
    private let generatedAt: Timestamp
    private let instant: Timestamp?
    private let changes: [Change]

    init(
        before: (name: String, answer: PlanAnswer),
        after: (name: String, answer: PlanAnswer),
        generatedAt: Timestamp,
        at instant: Timestamp?
    ) {
        names = (before.name, after.name)
        (self.before, self.after) = (before.answer, after.answer)
        (self.generatedAt, self.instant) = (generatedAt, instant)
        let now = instant ?? generatedAt
        changes = zip(before.answer.plan.decisions, after.answer.plan.decisions).map { Change($0, $1, now: now) }
    }

    private var summary: String {
        Change.allCases
            .map { change in (change, changes.count { $0 == change }) }
            .filter { $0.1 > 0 }
            .map { "\($0.1) \($0.0.rawValue)" }
            .joined(separator: ", ")
    }

    func lines(_ terminal: Terminal) -> [String] {
        let now = instant ?? generatedAt
        var lines = ["before: \(names.before)", "after:  \(names.after)", ""]
        for change in Change.allCases where change != .none && changes.contains(change) {
            var table = TextTable([change.rawValue.uppercased(), "OWNER", "BEFORE", "AFTER"])
            for index in changes.indices where changes[index] == change {
                let notebook = after.records[index].notebook
                table.add([
                    .init(notebook.name),
                    .init(notebook.owner.name ?? notebook.owner.id ?? "-"),
                    .init(before.plan.decisions[index].verdict(now: now)),
                    .init(after.plan.decisions[index].verdict(now: now), change == .newlyDue ? .red : nil),
                ])
            }
            lines += table.lines(terminal) + [""]
        }
        for hold in after.plan.holds { lines.append(terminal.styled("! after: \(hold)", .red)) }
        lines.append("\(changes.count) notebooks at \(now): \(summary.isEmpty ? "none in scope" : summary)")
        return instant == nil ? lines : lines + [PlanAnswer.assumption]
    }

    var document: PlanComparisonDocument {
        PlanComparisonDocument(
            generatedAt: generatedAt,
            at: instant,
            before: names.before,
            after: names.after,
            summary: Dictionary(
                uniqueKeysWithValues: Change.allCases.map { change in
                    (change.code, changes.count { $0 == change })
                }
            ),
            changes: changes.indices.filter { changes[$0] != .none }.map { index in
                PlanChangeDocument(
                    change: changes[index].code,
                    before: DecisionDocument(before.plan.decisions[index], record: before.records[index]),
                    after: DecisionDocument(after.plan.decisions[index], record: after.records[index])
                )
            }
        )
    }
}

extension PlanComparison.Change {
    /// The change in JSON: kebab-case.
    fileprivate var code: String { rawValue.split(separator: " ").joined(separator: "-") }

    fileprivate init(_ before: Decision, _ after: Decision, now: Timestamp) {
        if after.isDue(now) != before.isDue(now) {
            self = after.isDue(now) ? .newlyDue : .noLongerDue
        } else if after.isProtected != before.isProtected {
            self = after.isProtected ? .newlyKept : .noLongerKept
        } else if after.deadline != before.deadline, !after.isDue(now) {
            self = (after.deadline ?? .distantFuture) < (before.deadline ?? .distantFuture) ? .earlier : .later
        } else if after.rule != before.rule || after.action.name != before.action.name {
            self = .otherwise
        } else {
            self = .none
        }
    }
}

extension Decision {
    /// Whether a stop is due, or its warning.
    fileprivate func isDue(_ now: Timestamp) -> Bool {
        switch action {
        case .stop, .warn: true
        case .leave, .prolong: deadline.map { $0 <= now } ?? false
        }
    }

    /// Whether its rule never stops it.
    fileprivate var isProtected: Bool {
        reasons.contains { reason in
            switch reason {
            case .keptAlive, .exempt: true
            default: false
            }
        }
    }

    /// What becomes of the notebook, in a few words.
    fileprivate func verdict(now: Timestamp) -> String {
        let rule = rule.map { " (\($0))" } ?? ""
        if isDue(now) { return "\(action.name)\(rule)" }
        if isProtected { return "kept\(rule)" }
        if let deadline { return "stop in \((deadline - now).spanText)\(rule)" }
        return "\(action.name)\(rule.isEmpty ? " (no rule)" : rule)"
    }
}
