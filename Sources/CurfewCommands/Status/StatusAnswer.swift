// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore

/// What the table of `status` shows of the daemon's answer.
struct StatusAnswer: Decodable {
    var generatedAt: Timestamp
    var mode: String
    var rows: [StatusTableRow]
    /// Why stops are held, in words.
    var holds: [String]
    /// What else is wrong with the daemon, in words.
    var troubles: [String]
    var policy: PolicyInForce?
    var lastListedAt: Timestamp?

    /// The policy in force, and since when it is.
    struct PolicyInForce: Equatable {
        var path: String
        var since: Timestamp
    }
}

extension StatusAnswer {
    /// Reads a `StatusTableDocument`.
    init(from decoder: any Decoder) throws {
        let document = try StatusTableDocument(from: decoder)
        let head = document.head
        generatedAt = Timestamp(rfc3339: head.generatedAt) ?? .distantPast
        mode = head.mode
        rows = try document.rows.map { line in
            guard let row = StatusTableRow(line) else {
                let text = "the daemon's rows have other columns than this program knows"
                throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: text))
            }
            return row
        }
        holds = head.holds.map(\.text)
        var troubles: [String] = []
        // A hold says the same of a ledger that holds the stops.
        if let why = head.ledgerTrouble, !head.holds.contains(where: { $0.code == "held-ledger" }) {
            troubles.append("the ledger cannot be used: \(why)")
        }
        if let failure = head.fleet.listingFailure {
            troubles.append("the listing at \(failure.at) was not complete: \(failure.text)")
        }
        self.troubles = troubles
        policy = Timestamp(rfc3339: head.policy.loadedAt).map { PolicyInForce(path: head.policy.path, since: $0) }
        lastListedAt = head.fleet.lastListedAt.flatMap { Timestamp(rfc3339: $0) }
    }
}
