// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore

/// What was done, for people.
struct HistoryText {
    let document: HistoryDocument
    let clock: LocalTime

    func lines(_ terminal: Terminal) -> [String] {
        guard !document.actions.isEmpty else {
            return ["nothing was done since \(Timestamp(rfc3339: document.since).map(clock.minute) ?? document.since)"]
        }
        var table = TextTable([
            "TIME", .init("NOTEBOOK", fit: .cut), "ACTION", .init("RULE OR USER", fit: .cut), "OUTCOME",
            .init("WHY", fit: .wrap),
        ])
        var day = ""
        for action in document.actions {
            let at = Timestamp(rfc3339: action.decidedAt)
            let today = at.map(clock.day) ?? ""
            if today != day {
                table.addHeading(.init(today, .bold))
                day = today
            }
            table.add(cells(action, at: at))
        }
        let more = document.isCut ? ["there may be more; --limit and --since show it"] : []
        return table.lines(terminal) + more
    }

    private func cells(_ action: HistoryActionDocument, at: Timestamp?) -> [TextTable.Cell] {
        let kind = RecordedAction.Kind(rawValue: action.action)
        let state = RecordedAction.State(rawValue: action.state)
        return [
            .init(at.map(clock.timeOfDay) ?? action.decidedAt),
            .init(action.notebook?.name ?? "(all)"),
            .init(action.action, kind?.style),
            .init(action.person.map { "user \($0)" } ?? action.rule ?? "-"),
            .init(state?.words ?? action.state, state?.style),
            .init(why(action, state)),
        ]
    }

    /// Why it was done, and why it ended as it did.
    private func why(_ action: HistoryActionDocument, _ state: RecordedAction.State?) -> String {
        let reasons = action.reasons.map(\.text).joined(separator: "; ")
        guard let detail = action.detail, !detail.isEmpty else { return reasons.isEmpty ? "-" : reasons }
        switch state {
        case .overtaken: return "\(reasons); then: \(detail)"
        case .abandoned: return "\(reasons); failed: \(detail)"
        default: return reasons.isEmpty ? clock.localized(detail) : "\(reasons); \(clock.localized(detail))"
        }
    }
}

extension RecordedAction.Kind {
    fileprivate var style: Terminal.Style? {
        switch self {
        case .stop: .red
        case .warn: .yellow
        case .prolong: .green
        case .keep, .release, .freeze, .thaw, .approve: .cyan
        }
    }
}

extension RecordedAction.State {
    fileprivate var words: String {
        switch self {
        case .open: "under way"
        case .confirmed, .done: "done"
        case .overtaken: "not needed"
        case .gone: "notebook gone"
        case .abandoned: "given up"
        case .foundHappened: "found done"
        case .foundNotHappened: "found undone"
        case .foundGone: "found gone"
        }
    }

    fileprivate var style: Terminal.Style? {
        switch self {
        case .abandoned, .foundNotHappened: .yellow
        case .open, .overtaken, .gone, .foundGone: .dim
        case .confirmed, .done, .foundHappened: nil
        }
    }
}
