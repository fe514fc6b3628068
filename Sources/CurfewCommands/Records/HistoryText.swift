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
        var table = TextTable(["TIME", .init("NOTEBOOK", fit: .cut)] + ActionCells.columns)
        var day = ""
        for action in document.actions {
            let at = Timestamp(rfc3339: action.decidedAt)
            let today = at.map(clock.day) ?? ""
            if today != day {
                table.addHeading(.init(today, .bold))
                day = today
            }
            table.add(
                [.init(at.map(clock.timeOfDay) ?? action.decidedAt), .init(action.notebook?.name ?? "(all)")]
                    + ActionCells(action: action, clock: clock).cells
            )
        }
        let more = document.isCut ? ["there may be more; --limit and --since show it"] : []
        return table.lines(terminal) + more
    }
}
