// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials

/// A ground of a decision as the ledger keeps it, by its stable code and in words.
struct ReasonText: Encodable {
    let code: String
    let text: String

    static func json(_ reasons: [Reason]) throws -> String {
        try LedgerJSON.text(reasons.map { ReasonText(code: $0.code, text: $0.description) })
    }
}

/// What the evidence said, as the ledger keeps it; instants in milliseconds, as in its columns.
struct ActivityText: Encodable {
    /// `active`, `idle` or `unknown`.
    let state: String
    let lastActivityAt: Int64
    let evidence: [Look]

    struct Look: Encodable {
        let source: String
        let state: String
        let observedAt: Int64
        let idleSince: Int64?
        let detail: String?
    }

    static func json(_ verdict: ActivityVerdict) throws -> String {
        let state =
            switch verdict.state {
            case .active: "active"
            case .idle: "idle"
            case .unknown: "unknown"
            }
        return try LedgerJSON.text(
            ActivityText(
                state: state,
                lastActivityAt: verdict.lastActivityAt.milliseconds,
                evidence: verdict.evidence.map(Look.init)
            )
        )
    }
}

extension ActivityText.Look {
    fileprivate init(_ look: Observation) {
        var idleSince: Timestamp?
        var detail = look.detail
        switch look.activity {
        case .active: state = "active"
        case .idle(let since):
            state = "idle"
            idleSince = since
        case .unknown(let why):
            state = "unknown"
            detail = why.description
        }
        source = look.source.text
        observedAt = look.observedAt.milliseconds
        self.idleSince = idleSince?.milliseconds
        self.detail = detail.isEmpty ? nil : detail
    }
}

/// How values stand in the ledger's columns of JSON.
enum LedgerJSON {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
