// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// A plan for people.
struct PlanTable {
    private let plan: Plan
    private let records: [NotebookRecord]
    private let mode: Policy.Mode
    private let now: Timestamp

    init(_ plan: Plan, records: [NotebookRecord], mode: Policy.Mode, now: Timestamp) {
        self.plan = plan
        self.records = records
        self.mode = mode
        self.now = now
    }

    func lines(_ terminal: Terminal) -> [String] {
        guard !records.isEmpty else { return ["no notebooks in scope"] }
        var table = TextTable(["NOTEBOOK", "OWNER", "STATUS", "LEASE LEFT", "ACTIVITY", "ACTION", "RULE", "WHY"])
        for (record, decision) in zip(records, plan.decisions) { table.add(row(record, decision)) }
        let holds = plan.holds.map { terminal.styled("! \($0)", .red) }
        return table.lines(terminal) + holds + [summary]
    }

    private func row(_ record: NotebookRecord, _ decision: Decision) -> [TextTable.Cell] {
        let notebook = record.notebook
        return [
            .init(notebook.name),
            .init(notebook.owner.name ?? notebook.owner.id ?? "-"),
            .init(notebook.status.description, notebook.status.isRunning ? nil : .dim),
            .init(LeaseText.left(of: record.notebook, now: now)),
            .init(ActivityText.text(of: decision, now: now)),
            .init(decision.action.name, decision.action.style),
            .init(decision.rule ?? "-"),
            .init(decision.reasons.map(\.description).joined(separator: "; ")),
        ]
    }

    private var summary: String {
        let counts = ["stop", "warn", "prolong", "leave"]
            .map { name in (name, plan.decisions.count { $0.action.name == name }) }
            .filter { $0.1 > 0 }
            .map { "\($0.1) \($0.0)" }
            .joined(separator: ", ")
        let note = mode == .observe ? "mode is observe: nothing would be done" : "mode is enforce"
        return "\(records.count) notebooks at \(now): \(counts); \(note)"
    }
}

extension Decision.Action {
    var style: Terminal.Style? {
        switch self {
        case .stop: .red
        case .warn: .yellow
        case .prolong: .green
        case .leave: nil
        }
    }
}
