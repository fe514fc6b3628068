// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore
import FoundationEssentials

/// An explanation for people.
struct ExplanationText {
    let document: ExplanationDocument
    let terminal: Terminal
    let time: LocalTime

    /// Instants are shown on the clock of `zone`.
    init(_ document: ExplanationDocument, zone: TimeZone, terminal: Terminal) {
        (self.document, self.terminal) = (document, terminal)
        let moment = Timestamp(rfc3339: document.at ?? document.generatedAt) ?? .distantPast
        time = LocalTime(zone: zone, now: moment)
    }

    /// Sections stand a little to the right.
    private static let indent = "  "
    private var inner: Terminal {
        Terminal(
            isInteractive: terminal.isInteractive,
            palette: terminal.palette,
            width: terminal.width.map { max(20, $0 - Self.indent.count) },
            showsUnicode: terminal.showsUnicode
        )
    }

    var lines: [String] {
        var lines = head + [""] + verdict
        lines += section("RULES, in order; the first that matches decides", rules)
        lines += section("EVIDENCE", evidence)
        lines += section("DEADLINES", deadlines)
        lines += section("WHAT STANDS IN THE WAY OF STOPS", holds)
        lines += section("WHAT COMES BY ITSELF, if nobody uses it", outlook)
        lines += section("WHAT WOULD CHANGE THAT, if it happened now", alternatives)
        return lines + section("WHAT CURFEW DID", recorded)
    }

    // MARK: - What it is about

    private var head: [String] {
        let notebook = document.notebook
        let names = wrapped("\(notebook.name)  (\(notebook.id))")
        var lines = names.map { terminal.styled($0, .bold) }
        let traits = [notebook.owner.map { "owner \($0)" }, notebook.flavor, notebook.status].compactMap(\.self)
        lines += wrapped(
            traits.joined(separator: ", ")
                + (instant(document.runningSince).map { " since \(time.distance($0))" } ?? "")
        )
        if let lease = document.lease, document.notebook.status == "RUNNING" {
            let end = instant(lease.expiresAt).map { "ends \(time.distance($0))" } ?? "cannot run out"
            lines += wrapped("lease of type \(lease.type), \(end)")
        }
        if document.at != nil {
            lines += wrapped("as of \(document.at.flatMap(instant).map(fullText) ?? "then"), by \(origin)")
        }
        return lines
    }

    /// By what a past instant is judged.
    private var origin: String {
        let same = document.recorded?.samePolicy
        let then = same == true ? ", which was in force then" : (same == false ? "; another one was in force then" : "")
        return "what was recorded, and by the policy of now (\(document.policy)\(then))"
    }

    private var verdict: [String] {
        let (text, style) = Verdict(document, time).headline
        var lines = wrapped(text).map { terminal.styled($0, style) }
        for reason in document.reasons { lines += wrapped(time.localized(reason.text), indent: Self.indent) }
        if document.mode == "observe", document.rule != nil {
            lines += wrapped("The policy only observes: nothing is sent.", indent: Self.indent)
        }
        return lines
    }

    // MARK: - Rules and evidence

    private var rules: [String] {
        var table = TextTable([.init("", .right), .init("RULE", fit: .cut), "OUTCOME", .init("RESULT", fit: .wrap)])
        // What stands behind the deciding rule and does not match matters to nobody.
        let deciding = document.rules.first { $0.result == "decides" }?.number ?? .max
        let shown = document.rules.filter { $0.number <= deciding || $0.result == "matches-too" }
        for rule in shown {
            let decides = rule.result == "decides"
            let change = rule.changesAt.flatMap(instant).map { " (may change \(time.relative($0)))" } ?? ""
            let style: Terminal.Style? = decides ? .bold : (rule.mayProtect ? .yellow : nil)
            table.add([
                .init(decides ? "> \(rule.number)" : "\(rule.number)", style),
                .init(rule.rule, style),
                .init(rule.outcome, style),
                .init(time.localized(rule.text) + change, style),
            ])
        }
        let hidden = document.rules.count - shown.count
        let rest =
            hidden > 0
            ? ["\(terminal.ellipsis) and \(hidden) behind it that \(hidden == 1 ? "does" : "do") not match"] : []
        return document.rules.isEmpty ? [] : table.lines(inner) + rest
    }

    private var evidence: [String] {
        var table = TextTable(["SOURCE", .init("SAYS", fit: .wrap), "LOOKED", .init("DETAIL", fit: .wrap)])
        for source in document.evidence {
            let silent = source.state == "unknown"
            table.add([
                .init(source.source + (source.optional ? " (optional)" : "") + (source.asked ? "" : " (not asked)")),
                .init(says(source), silent ? .yellow : nil),
                .init(source.ageSeconds.map(Self.age) ?? "never"),
                .init(source.detail ?? "-"),
            ])
        }
        return document.evidence.isEmpty ? [] : table.lines(inner)
    }

    private func says(_ source: EvidenceTrialDocument) -> String {
        switch source.state {
        case "idle": "idle since \(source.idleSince.flatMap(instant).map(time.text) ?? "then")"
        // The ledger keeps the reason as the detail.
        case "unknown" where source.detail.map { source.unknown?.contains($0) ?? false } ?? false: "unknown"
        case "unknown": "unknown: \(source.unknown ?? "")"
        default: source.state
        }
    }

    private static func age(_ seconds: Double) -> String {
        seconds < 1 ? "just now" : "\(Duration.seconds(seconds.rounded(.down)).spanText) ago"
    }

    // MARK: - Times

    private var deadlines: [String] {
        let dates = document.deadlines
        let isUnknown = document.activity?.state == "unknown"
        let named: [(String, String?)] = [
            ("last activity", document.activity?.lastActivityAt),
            (isUnknown ? "idle budget spent, at the earliest" : "idle budget spent", dates.idleBudgetSpentAt),
            ("warning", dates.warnAt),
            ("warned", dates.warnedAt),
            ("stop", dates.stopAt),
            ("lease renewal", dates.renewalAt),
            ("lease ends", dates.leaseEndsAt),
            ("next look that matters", dates.lookAt),
            ("next decision at the latest", dates.reviewAt),
        ]
        let known = named.compactMap { name, text in text.flatMap(instant).map { (name, $0) } }
        let width = known.map { DisplayWidth.of($0.0) }.max() ?? 0
        return known.map { name, instant in
            "\(name)\(String(repeating: " ", count: width - name.count))  \(time.distance(instant))"
        }
    }

    private var holds: [String] {
        document.holds.flatMap { hold in
            let since = hold.since.flatMap(instant).map { "since \(time.text($0)): " } ?? ""
            return wrapped(since + time.localized(hold.text))
        }
    }

    private var outlook: [String] {
        document.outlook.flatMap { change in
            let grounds = change.leaseEnds ? "" : ": \(change.reasons.map(\.text).joined(separator: "; "))"
            let when = instant(change.at).map(time.distance) ?? change.at
            return wrapped("\(when)  \(Verdict.step(change))\(time.localized(grounds))", continuation: "    ")
        }
    }

    private var alternatives: [String] {
        var table = TextTable(["EVENT", .init("THEN", fit: .wrap)])
        for (event, then) in AlternativeText(document, time).rows { table.add([.init(event), .init(then)]) }
        return document.alternatives.isEmpty ? [] : table.lines(inner).dropFirst().map(\.self)
    }

    // MARK: - What really happened

    private var recorded: [String] {
        guard let recorded = document.recorded else { return [] }
        var lines: [String] = []
        if document.at != nil, !recorded.watched { lines += wrapped("No daemon was running at that time.") }
        guard !recorded.actions.isEmpty else {
            return lines.isEmpty && document.at != nil ? ["Nothing is recorded that was done to it."] : lines
        }
        var table = TextTable(["TIME"] + ActionCells.columns)
        for action in recorded.actions {
            let at = instant(action.decidedAt).map(time.text) ?? action.decidedAt
            table.add([.init(at)] + ActionCells(action: action, clock: time).cells)
        }
        return lines + table.lines(inner)
    }

    // MARK: - Lines

    private func section(_ title: String, _ body: [String]) -> [String] {
        body.isEmpty ? [] : ["", terminal.styled(title, .bold)] + body.map { Self.indent + $0 }
    }

    private func wrapped(_ text: String, indent: String = "", continuation: String? = nil) -> [String] {
        let text = clean(text)
        guard let width = terminal.width else { return [indent + text] }
        let lines = text.wrapped(toWidth: max(20, width - 2 - indent.count - (continuation?.count ?? 0)))
        return lines.enumerated().map { indent + ($0 == 0 ? "" : continuation ?? "") + $1 }
    }

    /// Texts of notebooks may hold anything.
    private func clean(_ text: String) -> String { TextTable.Cell(text).text }

    private func instant(_ text: String?) -> Timestamp? { text.flatMap { Timestamp(rfc3339: $0) } }
    private func fullText(_ instant: Timestamp) -> String { "\(time.dated(instant)) \(time.zone.identifier)" }
}
