// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import ControlServer
import CurfewCore

/// What the ledger tells.
extension DaemonBackend {
    func history(_ query: HistoryQuery) async throws(ControlProblem) -> ControlContent {
        do {
            let notebook = query.notebook.map { NotebookReference($0) }
            return try ControlContent(await records.history(of: notebook, since: query.since, limit: query.limit))
        } catch let why as NotebookReference.Unresolved {
            throw ControlProblem(why)
        } catch {
            throw Self.problem(error)
        }
    }

    func report(_ query: ReportQuery) async throws(ControlProblem) -> ControlContent {
        do {
            let prices = reloader.inForce.policy.prices
            return try ControlContent(await records.report(since: query.since, until: query.until, prices: prices))
        } catch {
            throw Self.problem(error)
        }
    }

    private static func problem(_ error: any Error) -> ControlProblem {
        switch error {
        case let problem as ControlProblem: problem
        case let refusal as RecordsDesk.Refusal: .unavailable("\(refusal)")
        default: .failed("the ledger cannot be read: \(error)")
        }
    }
}
