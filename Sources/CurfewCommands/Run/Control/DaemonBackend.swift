// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlClient
import ControlProtocol
import ControlServer
import CurfewCore
import CurfewEngine

/// What the running daemon answers on its socket.
struct DaemonBackend: ControlBackend {
    let engine: Engine
    let reloader: PolicyReloader
    let explainer: Explainer
    let answers: StatusAnswers
    let records: RecordsDesk

    var operators: String? { reloader.inForce.policy.control.operators }

    func notebooks() async throws(ControlProblem) -> ControlContent {
        let sheet = try latest()
        return try await answers.content(.notebooks, of: sheet)
    }

    func status(_ filter: StatusFilter) async throws(ControlProblem) -> ControlContent {
        try await answers.content(.status(filter), of: try latest())
    }

    func statusUpdates(_ filter: StatusFilter) -> AsyncStream<ControlContent> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ControlContent.self,
            bufferingPolicy: .bufferingNewest(1)
        )
        // A stream has no scope for a child task; this one ends with the stream, and with the board.
        let following = Task {
            for await sheet in engine.board.follow() {
                // A status that cannot be written is told to those who ask for it; followers wait for the next one.
                if let content = try? await answers.content(.status(filter), of: sheet) { continuation.yield(content) }
            }
            continuation.finish()
        }
        continuation.onTermination = { _ in following.cancel() }
        return stream
    }

    /// The snapshot that was published last.
    func latest() throws(ControlProblem) -> SnapshotBoard.Sheet {
        guard let sheet = engine.board.sheet else {
            throw .unavailable("the daemon has only begun and has seen nothing yet: ask again in a second")
        }
        return sheet
    }

    /// The notebook that a person means.
    func notebook(_ text: String) throws(ControlProblem) -> NotebookID {
        let names = try latest().snapshot.notebooks.lazy.map { NotebookName($0.record.notebook) }
        do throws(NotebookReference.Unresolved) {
            return try NotebookReference(text).resolve(among: names)
        } catch {
            throw ControlProblem(error)
        }
    }
}

extension ControlProblem {
    /// A notebook's name that is not clear.
    init(_ why: NotebookReference.Unresolved) {
        switch why {
        case .unknown: self.init(.notFound, code: "unknown-notebook", why.description)
        case .ambiguous(_, let candidates, _):
            self.init(.conflict, code: "ambiguous-notebook", why.description, candidates: candidates)
        }
    }
}

extension NotebookReference.Unresolved {
    /// The same for whoever looked without a daemon.
    var failure: ControlFailure { .problem(ControlProblem(self).document) }
}
