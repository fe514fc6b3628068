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
        let reason = try checked { () throws(InvalidBody) in try ActReason.checked(request.reason) }
        let term: OperatorAct.KeepTerm =
            switch try checked(request.end) {
            case .at(let instant): .until(instant)
            case .after(let span): .lasting(span)
            }
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
        return try done("the grant for \(name(of: id).name) is withdrawn")
    }

    func freeze(_ body: ControlBody, by person: String) async throws(ControlProblem) -> ControlContent {
        let request = try body.decode(FreezeDocument.self)
        let reason = try checked { () throws(InvalidBody) in try ActReason.checked(request.reason) }
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
}

/// Reads a part of a body; what no schema can say of it is answered by 422.
private func checked<Value>(_ read: () throws(InvalidBody) -> Value) throws(ControlProblem) -> Value {
    do throws(InvalidBody) {
        return try read()
    } catch {
        throw ControlProblem(.unprocessable, code: "invalid-body", error.text)
    }
}

extension ControlProblem {
    /// What an act's refusal is to those who speak HTTP.
    init(_ refusal: ActRefusal) {
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
