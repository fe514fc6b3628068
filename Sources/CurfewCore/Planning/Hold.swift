// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Why no stop at all goes out at present.
package enum Hold: Hashable, Sendable {
    /// The daemon has not seen the whole fleet for long enough yet.
    case coldStart(until: Timestamp?)
    /// Time did not pass as it should, and the daemon has not watched for long enough since.
    case disturbed(Disturbance, until: Timestamp?)
    /// The ledger cannot keep what is about to be done; the text says why.
    case ledgerUnusable(String)
    /// No complete listing for too long.
    case outage(since: Timestamp)
    /// Too many notebooks cannot be looked into.
    case blind(unknown: Int, of: Int)
    /// More stops are due at once than the policy lets go.
    case tooManyStops(due: Int, limit: Int)
    /// A person holds all stops.
    case frozen(HandFreeze)

    /// A stable name for journals, JSON and documents.
    package var code: String {
        switch self {
        case .coldStart: "held-cold-start"
        case .disturbed: "held-disturbed"
        case .ledgerUnusable: "held-ledger"
        case .outage: "held-outage"
        case .blind: "held-blind"
        case .tooManyStops: "held-too-many-stops"
        case .frozen: "held-frozen"
        }
    }
}

extension Hold: CustomStringConvertible {
    package var description: String {
        switch self {
        case .coldStart(let until?): "stops are held until \(until): the daemon has not watched for long enough"
        case .coldStart(nil): "stops are held until the notebooks have been listed completely"
        case .disturbed(let what, let until?): "stops are held until \(until): \(what)"
        case .disturbed(let what, nil): "stops are held until the notebooks have been listed completely: \(what)"
        case .ledgerUnusable(let why): "stops are held: the ledger cannot be used: \(why)"
        case .outage(let since): "stops are held: no complete listing since \(since)"
        case .blind(let unknown, let all): "stops are held: activity is unknown for \(unknown) of \(all) notebooks"
        case .tooManyStops(let due, let limit):
            "stops are frozen: \(due) are due within the window, the guard allows \(limit)"
        case .frozen(let freeze):
            "stops are held by \(freeze.by) since \(freeze.since)" + (freeze.reason.map { ": \($0)" } ?? "")
        }
    }
}
