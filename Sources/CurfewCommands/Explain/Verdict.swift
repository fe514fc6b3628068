// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore

/// What becomes of a notebook, in one sentence.
struct Verdict {
    private let document: ExplanationDocument
    private let time: LocalTime

    init(_ document: ExplanationDocument, _ time: LocalTime) {
        (self.document, self.time) = (document, time)
    }

    var headline: (text: String, style: Terminal.Style?) {
        let rule = document.rule.map { ", by the rule \"\($0)\"" } ?? ""
        if document.stuck { return ("A \(document.underWay ?? "request") fails again and again\(rule).", .red) }
        if let underWay = document.underWay { return ("A \(underWay) is under way\(rule).", .yellow) }
        switch document.action {
        case "stop": return ("It is to be stopped now\(rule).", .red)
        case "warn": return ("Its stop is to be announced now\(rule).", .yellow)
        case "prolong": return ("Its lease is to be prolonged now\(rule).", .green)
        default: return (left(rule), style)
        }
    }

    private func left(_ rule: String) -> String {
        let codes = document.reasons.map(\.code)
        if codes.first?.hasPrefix("held-") == true { return "Its stop is due, and held back\(rule)." }
        if codes.contains("kept-alive") { return "It is kept alive\(rule)." }
        if codes.contains("exempt") { return "It is never touched\(rule)." }
        if let stopAt = document.deadlines.stopAt.flatMap({ Timestamp(rfc3339: $0) }) {
            let when = stopAt > time.now ? "at \(time.distance(stopAt))" : "as soon as a look confirms it"
            let isUseless = document.alternatives.first { $0.event == "used" }?.changesNothing ?? false
            return "It will be stopped \(when)\(isUseless ? ", used or not" : " unless it is used")\(rule)."
        }
        if document.activity?.state == "unknown" {
            return "It is left alone: its activity is not known, and that never stops anything\(rule)."
        }
        return "It is left alone\(rule)."
    }

    private var style: Terminal.Style? {
        let codes = document.reasons.map(\.code)
        if codes.contains("kept-alive") || codes.contains("exempt") { return .green }
        return document.deadlines.stopAt == nil ? .bold : .yellow
    }

    /// A foreseen change in a few words.
    static func step(_ change: OutlookDocument) -> String {
        if change.leaseEnds { return "its lease ends, and the cloud stops it" }
        let rule = change.rule.map { " (\($0))" } ?? " (no rule)"
        return switch change.action {
        case "stop": "stop\(rule)"
        case "warn": "warning\(rule)"
        case "prolong": "the lease is prolonged, from then on whenever it must be\(rule)"
        default: "left alone\(rule)"
        }
    }
}

/// What events of now would make of a notebook, in words.
struct AlternativeText {
    private let document: ExplanationDocument
    private let time: LocalTime

    init(_ document: ExplanationDocument, _ time: LocalTime) {
        (self.document, self.time) = (document, time)
    }

    /// Each event with what follows from it.
    var rows: [(event: String, then: String)] {
        let marked = document.alternatives.first { $0.event == "marked" }
        return document.alternatives
            .filter { $0.event != "granted" || marked.map(text) != text($0) }
            .map { (name($0), text($0)) }
    }

    private func name(_ alternative: AlternativeDocument) -> String {
        switch alternative.event {
        case "used": "somebody uses it"
        case "marked": "its user marks it"
        case "granted": "`curfew keep`"
        case "released": "its mark or grant goes"
        default: alternative.event
        }
    }

    private func text(_ alternative: AlternativeDocument) -> String {
        if alternative.changesNothing { return "nothing changes" }
        let rule = alternative.rule.map { " (\($0))" } ?? " (no rule)"
        let stop = alternative.outlook.last.flatMap { $0.action == "stop" ? Timestamp(rfc3339: $0.at) : nil }
        switch alternative.action {
        case "stop": return "it is stopped at once\(rule)"
        case "warn": return "its stop is announced at once\(rule)"
        default: break
        }
        let isKept = alternative.reasons.contains { $0.code == "kept-alive" }
        let lead =
            isKept
            ? "it is kept alive\(rule)"
            : (alternative.reasons.contains { $0.code == "exempt" } ? "it is never touched\(rule)" : nil)
        guard let stop else { return lead ?? "it is left alone\(rule)" }
        let when = "stopped at \(time.distance(stop))" + (isKept ? " at the earliest" : "")
        return lead.map { "\($0), and \(when)" } ?? "it is \(when)\(rule)"
    }
}
