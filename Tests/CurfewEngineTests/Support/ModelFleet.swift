// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine

/// A cloud and its users for tests: what really is, as opposed to what the engine believes.
struct ModelNotebook {
    var notebook: Notebook
    /// When its user last did something; nil while its server cannot be asked.
    var lastActivity: Timestamp?
    /// Whether a kernel is busy now.
    var isBusy = false
    var serverStartedAt: Timestamp?
    /// How many of the next stops are refused, and how.
    var stopFailures: [ServiceFailure] = []
    /// Whether refused stops take effect all the same.
    var refusedStopsApply = false
    var readFailures: [ServiceFailure] = []
}

/// Everything outside the engine, in virtual time.
struct ModelFleet {
    var notebooks: [NotebookID: ModelNotebook] = [:]
    /// The failures of the next listings; a listing that fails hands over half of the notebooks first.
    var listingFailures: [ServiceFailure] = []
    /// How long each answer takes.
    var latency: Duration = .milliseconds(20)
    /// Notebooks whose evidence takes this long.
    var slowLooks: [NotebookID: Duration] = [:]
    var ledgerFailure: String?
    /// Requests that changed something, in order.
    private(set) var requests: [(at: Timestamp, order: ActionAttempt.Order)] = []

    func observation(_ id: NotebookID, _ source: EvidenceName, now: Timestamp) -> Observation {
        guard let model = notebooks[id], let last = model.lastActivity else {
            return Observation(source: source, activity: .unknown(.unreachable("model")), observedAt: now)
        }
        return Observation(
            source: source,
            activity: model.isBusy ? .active : .idle(since: min(last, now)),
            observedAt: now,
            serverStartedAt: model.serverStartedAt
        )
    }

    mutating func read(_ id: NotebookID) -> Result<Notebook, ServiceFailure> {
        guard var model = notebooks[id] else {
            return .failure(ServiceFailure(.gone, doing: "reading", explanation: "gone"))
        }
        if !model.readFailures.isEmpty {
            let failure = model.readFailures.removeFirst()
            notebooks[id] = model
            return .failure(failure)
        }
        return .success(model.notebook)
    }

    mutating func carryOut(_ order: ActionAttempt.Order, now: Timestamp) -> ServiceFailure? {
        requests.append((now, order))
        switch order {
        case .stop(let stop):
            guard var model = notebooks[stop.notebook] else { return nil }
            let failure = model.stopFailures.isEmpty ? nil : model.stopFailures.removeFirst()
            if failure == nil || model.refusedStopsApply { model.notebook.status = .stopping }
            notebooks[stop.notebook] = model
            return failure
        case .renew(let renewal):
            guard var lease = notebooks[renewal.notebook]?.notebook.lease.lease else { return nil }
            lease.duration = now - lease.createdAt + renewal.duration
            lease.kind = renewal.kind
            notebooks[renewal.notebook]?.notebook.lease = .known(lease)
            return nil
        }
    }

    /// The platform stops what its lease does not cover any more.
    mutating func expireLeases(now: Timestamp) -> [NotebookID] {
        var expired: [NotebookID] = []
        for (id, model) in notebooks where model.notebook.status.isRunning {
            guard let expiry = model.notebook.lease.lease?.expiry, expiry <= now else { continue }
            notebooks[id]?.notebook.status = .stopped
            expired.append(id)
        }
        return expired
    }
}
