// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlClient
import ControlProtocol
import CurfewCore
import CurfewEngine
import Foundation

/// `curfew history`: what the daemon and people did.
struct HistoryVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Shows what was done to notebooks and by whom: stops, renewals, warnings, and what people ordered.",
        discussion: """
            Newest first. The running daemon is asked; where none runs, its ledger is read. Times are those of the terminal's
            time zone (TZ).

            EXAMPLES
              curfew history                           the last seven days
              curfew history train-7 --since 30d       one notebook, by its name, its id or the beginning of that
              curfew history --since 2026-11-01 --limit 1000 --json
            """
    )

    @Argument(
        help: "A notebook, by its id, a unique beginning of it, or its name (default: all).",
        completion: NotebookCompletion.kind
    )
    var notebook: String?

    @Option(help: "From when on: \(PastInstantArgument.help).", transform: PastInstantArgument.parse)
    var since = PastInstantArgument.aWeekAgo

    @Option(help: "At most so many, up to \(Self.most).")
    var limit = 100

    @OptionGroup var source: RecordOptions

    @Flag(help: "Prints JSON.")
    var json = false

    /// As many as the daemon answers at a time.
    static let most = 10_000

    func validate() throws {
        guard (1...Self.most).contains(limit) else { throw ValidationError("--limit must be 1 to \(Self.most).") }
    }

    func run() async throws {
        let terminal = Terminal.standard
        let now = SystemTime().now
        let from = try since.instant(now: now)
        let path = ControlPath(
            "history",
            query: [("notebook", notebook), ("since", from.description), ("limit", "\(limit)")]
        )
        let document = try await source.document(path, terminal) { records in
            try await records.history(of: notebook.map(NotebookReference.init), since: from, limit: limit, now: now)
        }
        if json {
            terminal.line(try JSONOutput.text(document))
        } else {
            for line in HistoryText(document: document, clock: LocalTime(zone: .current, now: now)).lines(terminal) {
                terminal.line(line)
            }
        }
    }
}
