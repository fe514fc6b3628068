// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import ControlServer
import CurfewCore
import CurfewEngine

/// What persons may do to the daemon.
extension DaemonBackend {
    func keep(_ notebook: String, _ body: ControlBody, by person: String) async throws(ControlProblem) -> ControlContent
    {
        let request = try body.decode(KeepDocument.self)
        let term = try request.term
        let reason = try Self.checked(request.reason)
        let id = try self.notebook(notebook)
        guard case .kept(let keep) = try await perform(.keep(id, term, reason: reason), person) else {
            throw .failed("the daemon answered something else than a grant")
        }
        return try ControlContent(
            KeptDocument(
                notebook: name(of: keep.notebook),
                until: keep.until.description,
                rule: keep.rule,
                isInEffect: keep.isInEffect
            )
        )
    }

    func release(_ notebook: String, by person: String) async throws(ControlProblem) -> ControlContent {
        let id = try self.notebook(notebook)
        _ = try await perform(.release(id), person)
        return try done("the grant for \(id) is withdrawn")
    }

    func freeze(_ body: ControlBody, by person: String) async throws(ControlProblem) -> ControlContent {
        let reason = try Self.checked(try body.decode(FreezeDocument.self).reason)
        guard case .frozen(let freeze, let notKept) = try await perform(.freeze(reason: reason), person) else {
            throw .failed("the daemon answered something else than a freeze")
        }
        let warning = notKept.map { "; it would not survive a restart: \($0)" } ?? ""
        return try done("all stops are held since \(freeze.since)\(warning)")
    }

    func thaw(by person: String) async throws(ControlProblem) -> ControlContent {
        guard case .thawed(let stillHeld) = try await perform(.thaw, person) else {
            throw .failed("the daemon answered something else than a thaw")
        }
        let others = stillHeld.map(\.description).joined(separator: "; ")
        return try done("the freeze by hand is over" + (others.isEmpty ? "" : "; \(others)"))
    }

    func approve(_ body: ControlBody, by person: String) async throws(ControlProblem) -> ControlContent {
        var ids: [NotebookID]?
        if let names = try body.decode(ApproveDocument.self).notebooks {
            guard !names.isEmpty else {
                throw .badRequest("`notebooks` names none: leave it out to let every held stop go")
            }
            var resolved: [NotebookID] = []
            for name in names { resolved.append(try notebook(name)) }
            ids = resolved
        }
        guard case .approved(let approval) = try await perform(.approve(ids), person) else {
            throw .failed("the daemon answered something else than an approval")
        }
        return try ControlContent(
            ApprovedDocument(
                letGo: approval.letGo.map(name),
                notHeld: approval.notHeld.map(name),
                stillHeld: approval.stillHeld.map(name)
            )
        )
    }

    /// What people call a notebook; its id alone when it has gone meanwhile.
    private func name(of id: NotebookID) -> NotebookName {
        engine.board.latest?.view(of: id).map { NotebookName($0.record.notebook) }
            ?? NotebookName(id: id.text, name: "", owner: nil)
    }

    private func perform(_ kind: OperatorAct.Kind, _ person: String) async throws(ControlProblem) -> ActOutcome {
        do throws(ActRefusal) {
            return try await engine.perform(OperatorAct(kind, by: person))
        } catch {
            throw ControlProblem(error)
        }
    }

    private func done(_ text: String) throws(ControlProblem) -> ControlContent {
        try ControlContent(DoneDocument(text: text))
    }

    /// A reason is a line that people read in the journal and the ledger.
    private static func checked(_ reason: String) throws(ControlProblem) -> String {
        let isLine = !reason.unicodeScalars.contains { $0.properties.generalCategory == .control }
        guard isLine, !reason.isEmpty, reason.unicodeScalars.count <= 1_000 else {
            throw .badRequest("`reason` is one line of 1 to 1000 characters")
        }
        return reason
    }
}

extension KeepDocument {
    fileprivate var term: OperatorAct.KeepTerm {
        get throws(ControlProblem) {
            switch (forSeconds, until) {
            case (let seconds?, nil):
                // A year at most: a longer wish is a slip of the hand, and the policy's own bound is shorter.
                guard seconds > 0, seconds <= 366 * 86_400 else {
                    throw .badRequest("`forSeconds` is a number over 0, of a year at most")
                }
                return .lasting(.seconds(seconds))
            case (nil, let text?):
                guard let instant = Timestamp(rfc3339: text) else {
                    throw .badRequest("`until` is an instant such as 2026-12-01T08:00:00Z")
                }
                return .until(instant)
            default: throw .badRequest("say for how long: either `forSeconds` or `until`")
            }
        }
    }
}

extension ControlProblem {
    /// What an act's refusal is to those who speak HTTP.
    fileprivate init(_ refusal: ActRefusal) {
        let (status, code): (Status, String) =
            switch refusal {
            case .unknownNotebook: (.notFound, "unknown-notebook")
            case .marksUnused: (.conflict, "marks-unused")
            case .endIsOver: (.unprocessable, "end-is-over")
            case .keptTooLong: (.conflict, "kept-too-long")
            case .notKept: (.conflict, "not-kept")
            case .notFrozen: (.conflict, "not-frozen")
            case .nothingHeld, .noneHeld: (.conflict, "nothing-held")
            case .notRecorded: (.unavailable, "not-recorded")
            case .ending: (.unavailable, "ending")
            }
        self.init(status, code: code, refusal.description)
    }
}
