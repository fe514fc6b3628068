// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore

/// The cells that tell of an action, the same wherever actions are shown.
struct ActionCells {
    let action: HistoryActionDocument
    let clock: LocalTime

    private var kind: RecordedAction.Kind? { RecordedAction.Kind(rawValue: action.action) }
    private var state: RecordedAction.State? { RecordedAction.State(rawValue: action.state) }

    /// What `cells` hold.
    static let columns: [TextTable.Column] = [
        "ACTION", .init("RULE OR USER", fit: .cut), "OUTCOME", .init("WHY", fit: .wrap),
    ]

    var cells: [TextTable.Cell] {
        [
            .init(action.action, kind?.style),
            .init(action.person.map { "user \($0)" } ?? action.rule ?? "-"),
            .init(state?.words ?? action.state, state?.style),
            .init(why),
        ]
    }

    /// Why it was done, and why it ended as it did.
    private var why: String {
        let reasons = clock.localized(action.reasons.map(\.text).joined(separator: "; "))
        guard let detail = action.detail, !detail.isEmpty else { return reasons.isEmpty ? "-" : reasons }
        switch state {
        case .overtaken: return "\(reasons); then: \(clock.localized(detail))"
        case .abandoned: return "\(reasons); failed: \(clock.localized(detail))"
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
        case .keep, .release, .freeze, .thaw, .approve, .reload: .cyan
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
