// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
package import CurfewCore
package import CurfewEngine
import Foundation

/// Makes the status from a snapshot, as bytes of JSON.
///
/// What is said of a notebook is encoded once per change of it and kept with its view, so that a status costs little more
/// than copying bytes.
package struct StatusContent: Sendable {
    /// The daemon's version and the file of its policy.
    let version: String
    let policyPath: String

    package init(version: String, policyPath: String) {
        (self.version, self.policyPath) = (version, policyPath)
    }

    /// Which form the notebooks have.
    package enum Form: Sendable, Hashable {
        /// A `StatusDocument`.
        case full
        /// A `StatusTableDocument`.
        case table
    }

    /// Which notebooks are wanted; nil stands for all.
    package struct Filter: Sendable, Hashable {
        /// A user name or user id.
        package var owner: String?
        /// The name of an action.
        package var action: String?
        package var rule: String?

        package init(owner: String? = nil, action: String? = nil, rule: String? = nil) {
            (self.owner, self.action, self.rule) = (owner, action, rule)
        }

        package func admits(_ decision: Decision, _ notebook: Notebook) -> Bool {
            if let owner, notebook.owner.name != owner, notebook.owner.id != owner { return false }
            if let action, decision.action.name != action { return false }
            if let rule, decision.rule != rule { return false }
            return true
        }
    }

    /// The status as JSON; throws only what the encoder of the head throws.
    package func json(_ snapshot: EngineSnapshot, _ form: Form, filter: Filter = Filter()) throws -> [UInt8] {
        let holding = Holding(snapshot)
        var counts = FleetCounts()
        var parts: [[UInt8]] = []
        parts.reserveCapacity(snapshot.notebooks.count)
        for view in snapshot.notebooks {
            counts.count(view.decision, isStuck: view.isStuck, now: snapshot.takenAt)
            let decision = holding.decision(of: view)
            guard filter.admits(decision, view.record.notebook) else { continue }
            parts.append(part(view, decision, form))
        }
        var bytes = try [UInt8](JSONEncoder().encode(head(snapshot, counts)))
        // The notebooks become one more key of the head's object.
        bytes.removeLast()
        bytes += opening(form)
        bytes.reserveCapacity(bytes.count + parts.reduce(2) { $0 + $1.count + 1 })
        for (index, part) in parts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += part
        }
        bytes += [UInt8(ascii: "]"), UInt8(ascii: "}")]
        return bytes
    }

    /// One notebook's part; what a hold made of its decision is not kept, because it ends with the hold.
    private func part(_ view: NotebookView, _ decision: Decision, _ form: Form) -> [UInt8] {
        let isHeld = decision.action != view.decision.action
        switch form {
        case .full: return isHeld ? document(view, decision) : view.document.bytes { document(view, decision) }
        case .table: return isHeld ? row(view, decision) : view.row.bytes { row(view, decision) }
        }
    }

    private func document(_ view: NotebookView, _ decision: Decision) -> [UInt8] {
        let state = NotebookStateDocument(
            underWay: view.underWay,
            isStuck: view.isStuck,
            silences: view.silences.map { SilenceDocument(source: $0.source, since: $0.since, why: $0.why) },
            findings: view.implausibilities.map { FindingDocument($0.finding, reportedAt: $0.reportedAt) }
        )
        return NotebookStatusDocument(decision, record: view.record, state: state).json
    }

    private func row(_ view: NotebookView, _ decision: Decision) -> [UInt8] {
        let row = StatusTableRow(decision, record: view.record, underWay: view.underWay, isStuck: view.isStuck)
        var writer = JSONWriter()
        writer.value(row.line)
        return writer.bytes
    }

    private func opening(_ form: Form) -> [UInt8] {
        switch form {
        case .full: return Array(#","decisions":["#.utf8)
        case .table:
            let columns = StatusTableRow.columns.map { "\"\($0)\"" }.joined(separator: ",")
            return Array(#","columns":[\#(columns)],"rows":["#.utf8)
        }
    }

    private func head(_ snapshot: EngineSnapshot, _ counts: FleetCounts) -> StatusHead {
        StatusHead(
            generatedAt: snapshot.takenAt,
            mode: snapshot.mode,
            daemon: DaemonDocument(version: version, startedAt: snapshot.startedAt),
            policy: PolicyStateDocument(
                path: policyPath,
                digest: snapshot.policy.digest,
                loadedAt: snapshot.policySince,
                rules: snapshot.policy.rules.count
            ),
            fleet: FleetDocument(
                counts,
                running: snapshot.running,
                lastListedAt: snapshot.lastListedAt,
                listingFailure: snapshot.listingFailure.map { ListingFailureDocument(at: $0.at, text: $0.text) }
            ),
            holds: snapshot.holds.map { HoldDocument(HoldInForce($0.hold, since: $0.since)) },
            freeze: snapshot.freeze,
            heldStops: snapshot.heldStops,
            approvedStops: snapshot.approvedStops,
            ledgerTrouble: snapshot.ledgerTrouble
        )
    }
}
