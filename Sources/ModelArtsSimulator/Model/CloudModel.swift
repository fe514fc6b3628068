// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The notebooks of one project and the rules by which they change: a pure value without clock, network or lock.
///
/// Every function takes the present instant and first lets happen what was due until then, each at its own instant, so the
/// model is right however rarely it is asked. Semantics follow the ModelArts API reference.
package struct CloudModel: Sendable {
    /// What the documents leave open.
    package var settings: CloudSettings

    /// All status changes so far, in the order in which they happened.
    package private(set) var events: [CloudEvent] = []

    /// In the order of creation; deleted ones stay as `DELETED`.
    private var notebooks: [SimulatedNotebook] = []
    private var positions: [String: Int] = [:]
    private var shelves = Shelves()
    private var agenda = Agenda()

    /// What users will do, latest first.
    private var acts: [UserAct] = []

    /// An empty project.
    package init(settings: CloudSettings = CloudSettings()) {
        self.settings = settings
    }

    /// A project with the notebooks of a scenario.
    /// - Parameters:
    ///   - scenario: What exists at the beginning.
    ///   - now: The instant from which deadlines count, in milliseconds since 1970 UTC.
    package init(scenario: Scenario, now: Int64) {
        self.init(settings: scenario.settings)
        let ordered = scenario.notebooks.sorted { $0.createdAt < $1.createdAt }
        notebooks.reserveCapacity(ordered.count)
        positions.reserveCapacity(ordered.count)
        for plan in ordered { insert(plan.notebook(now: now), now: now) }
        acts = scenario.acts.sorted { $0.at > $1.at }
    }

    /// How many notebooks exist.
    package var count: Int { positions.count }

    /// All notebooks that exist, oldest first.
    package var all: [SimulatedNotebook] { notebooks.filter { $0.status != .deleted } }

    /// A notebook by its id.
    package subscript(id: String) -> SimulatedNotebook? {
        positions[id].map { notebooks[$0] }
    }

    /// Lets everything happen that is due by `now`, in order.
    package mutating func advance(to now: Int64) {
        while let act = acts.last, act.at <= now {
            acts.removeLast()
            passDeadlines(until: act.at)
            // A user whose notebook is already in the wished state is told so by the console, and goes on.
            try? perform(act, now: act.at)
        }
        passDeadlines(until: now)
    }

    private mutating func passDeadlines(until now: Int64) {
        while let entry = agenda.popDue(at: now) {
            guard notebooks[entry.index].revision == entry.revision else { continue }
            passDeadline(of: entry.index, at: entry.at)
        }
    }

    mutating func insert(_ notebook: SimulatedNotebook, now: Int64) {
        let index = notebooks.count
        positions[notebook.id] = index
        shelves.add(notebook, at: index)
        notebooks.append(notebook)
        schedule(index, now: now)
    }

    /// The positions of the notebooks that a listing looks through, oldest first.
    func shelf(feature: String, workspace: String, owner: String?) -> [Int] {
        shelves.positions(feature: feature, workspace: workspace, owner: owner)
    }

    func notebook(at index: Int) -> SimulatedNotebook { notebooks[index] }

    /// Whether a predicate holds for a notebook, without copying it.
    func matches(_ index: Int, _ predicate: (borrowing SimulatedNotebook) -> Bool) -> Bool {
        predicate(notebooks[index])
    }

    /// Brings the model up to date and finds a notebook.
    mutating func locate(_ id: String, now: Int64) throws(APIError) -> Int {
        advance(to: now)
        guard let index = positions[id] else { throw .noSuchNotebook(code: settings.noSuchNotebookCode) }
        return index
    }

    /// Changes a notebook and plans its next deadline anew.
    @discardableResult
    mutating func change(
        _ index: Int,
        now: Int64,
        _ body: (inout SimulatedNotebook) -> Void
    ) -> SimulatedNotebook {
        body(&notebooks[index])
        schedule(index, now: now)
        return notebooks[index]
    }

    /// Moves a notebook to another status and records the event.
    mutating func move(
        _ index: Int,
        to status: NotebookStatus,
        cause: CloudEvent.Cause,
        at now: Int64,
        for delay: Int64?
    ) {
        let from = notebooks[index].status
        notebooks[index].status = status
        notebooks[index].updatedAt = now
        notebooks[index].cause = cause
        notebooks[index].phaseEndsAt = delay.map { now + $0 }
        let id = notebooks[index].id
        events.append(CloudEvent(at: now, notebook: id, from: from, to: status, cause: cause))
        if status == .deleted {
            positions[id] = nil
            shelves.remove(notebooks[index], at: index)
        }
    }

    /// Does what a notebook's deadline asks for: the end of a transition, or of a lease.
    private mutating func passDeadline(of index: Int, at instant: Int64) {
        let cause = notebooks[index].cause
        switch notebooks[index].status {
        case .initial, .creating, .starting:
            // The image-pull time is not charged: the lease begins anew at RUNNING.
            notebooks[index].lease.rebase(to: instant)
            notebooks[index].runStartedAt = instant
            notebooks[index].jupyterTouchedAt = nil
            move(index, to: .running, cause: cause, at: instant, for: nil)
        case .stopping: move(index, to: .stopped, cause: cause, at: instant, for: nil)
        case .snapshotting: move(index, to: .running, cause: cause, at: instant, for: nil)
        case .deleting: move(index, to: .deleted, cause: cause, at: instant, for: nil)
        case .running:
            if let deadline = autoStop(of: notebooks[index], now: instant), deadline.at <= instant {
                move(index, to: .stopping, cause: deadline.cause, at: instant, for: settings.stopDelay)
            }
        case .stopped, .createFailed, .startFailed, .deleteFailed, .error, .deleted, .frozen: break
        }
        schedule(index, now: instant)
    }

    private mutating func schedule(_ index: Int, now: Int64) {
        notebooks[index].revision += 1
        let notebook = notebooks[index]
        let deadline = notebook.status == .running ? autoStop(of: notebook, now: now)?.at : notebook.phaseEndsAt
        guard let deadline else { return }
        agenda.insert(Agenda.Entry(at: max(deadline, now), index: index, revision: notebook.revision))
    }

    /// When the platform would stop a running notebook, as far as is known now.
    ///
    /// For an IDLE lease this is the earliest possible instant: when it comes, use since then puts it off.
    private func autoStop(of notebook: SimulatedNotebook, now: Int64) -> (at: Int64, cause: CloudEvent.Cause)? {
        guard notebook.lease.isEnabled else { return nil }
        if let expiry = notebook.lease.expiresAt { return (expiry + settings.autoStopLateness, .leaseExpired) }
        let used = notebook.behaviour.lastUse(runStartedAt: notebook.runStartedAt ?? notebook.createdAt, now: now)
        return (max(used, notebook.lease.updatedAt) + notebook.lease.requested, .idleLease)
    }
}
