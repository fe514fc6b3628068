// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlClient
import ControlProtocol
import CurfewCore
import CurfewEngine
import Foundation
import PolicyFile

/// `curfew keep`: grants keep-alive to a notebook.
struct Keep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keeps a notebook alive for a while.",
        discussion: """
            The notebook is treated as if its own user had marked it: rules with `marked: true` match it. The policy's
            `marks.longest` limits how long; the answer says until when the grant holds. A second grant takes the place of
            the first. NOTEBOOK is an id, the beginning of one, or a name.

            EXAMPLES
              curfew keep train-llm --for 3d --reason "waits for the review"
              curfew keep 1f2e3d4c --until 2026-12-24 --reason "demo on Christmas Eve"
            """
    )

    @Argument(help: "The notebook.", completion: NotebookCompletion.kind)
    var notebook: String

    @Option(name: .customLong("for"), help: "How long from now, such as 3d or 2h 30min.", transform: Self.span)
    var span: Duration?

    @Option(help: "\(PointInTime.help); a date alone means its end.", transform: PointInTime.init(argument:))
    var until: PointInTime?

    @Option(help: "Why, for whoever reads the ledger.")
    var reason: String

    @Flag(help: "Prints JSON.")
    var json = false

    @OptionGroup var control: ControlOptions

    private static func span(_ text: String) throws -> Duration {
        guard let span = try? DurationText.parse(text), span > .zero else {
            throw ValidationError("'\(text)' is no span; write it as 3d or 2h 30min.")
        }
        return span
    }

    func validate() throws {
        guard (span == nil) != (until == nil) else { throw ValidationError("Say either --for or --until.") }
        try ReasonArgument.validate(reason)
    }

    func run() async throws {
        let terminal = Terminal.standard
        let now = SystemTime().now
        let end = try until.map { until in
            guard let end = until.instant(now: now) else { throw ValidationError("--until is no instant.") }
            guard end > now else { throw ValidationError("--until lies in the past.") }
            return end
        }
        let body = KeepDocument(until: end?.description, forSeconds: span.map { $0 / .seconds(1) }, reason: reason)
        try await control.asking(terminal) { client in
            let answer = try await client.post(ControlPath("notebooks", notebook, "keep"), body)
            if json { return terminal.bytes(answer) }
            let kept = try client.decoded(KeptDocument.self, answer)
            terminal.line(Self.text(kept, asked: end ?? now + (span ?? .zero), now: now))
        }
    }

    /// What came of it, and that it is less than was asked for, if so.
    static func text(_ kept: KeptDocument, asked: Timestamp, now: Timestamp, zone: TimeZone = .current) -> String {
        let until = Timestamp(rfc3339: kept.until)
        let clock = LocalTime(zone: zone, now: now)
        let end = until.map { "\(clock.text($0)) (\(($0 - now).roundedText))" } ?? kept.until
        var text = "\(kept.notebook.name.printable) is kept until \(end)"
        // The daemon counts from when it was asked, a moment later.
        if let until, asked - until > .seconds(60) { text += "; the policy allows no longer (marks.longest)" }
        guard !kept.isInEffect else { return text }
        let rule = kept.rule.map { "the rule '\($0.printable)' decides about it" } ?? "no rule matches it"
        return text + "\nbut \(rule) and does not ask for marks; `curfew explain \(kept.notebook.id)` shows why"
    }
}

/// `curfew release`: withdraws what `keep` granted.
struct Release: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Withdraws the keep-alive that was granted to a notebook.",
        discussion: """
            A mark that the notebook itself carries, as a tag or in its description, stays. NOTEBOOK is an id, the beginning
            of one, or a name.

            EXAMPLE
              curfew release train-llm
            """
    )

    @Argument(help: "The notebook.", completion: NotebookCompletion.kind)
    var notebook: String

    @Flag(help: "Prints JSON.")
    var json = false

    @OptionGroup var control: ControlOptions

    func run() async throws {
        let terminal = Terminal.standard
        try await control.asking(terminal) { client in
            try terminal.done(try await client.post(ControlPath("notebooks", notebook, "release")), client, json: json)
        }
    }
}
