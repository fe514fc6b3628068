// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// One notebook as it truly is in the model cloud, its user included.
struct SimulatedNotebook {
    let id: NotebookID
    let name: String
    var tags: [String: String] = [:]
    var owner = Notebook.Owner(name: "alice")
    var flavor: String?
    private(set) var status = NotebookStatus.running
    /// The number of its run; each has a token of its own.
    private(set) var run = 1
    /// When it became RUNNING in this run.
    private(set) var runStartedAt: Timestamp
    private(set) var statusSince: Timestamp
    /// Nil where the cloud does not tell.
    var lease: Lease?
    /// When its user works, in order.
    var work: [Range<Timestamp>] = []
    /// When its lease ran out under it, if ever.
    private(set) var ranOutAt: Timestamp?

    /// A notebook that has been running for `age` at `now`, with so much left of its lease.
    init(
        _ name: String,
        age: Duration = .days(1),
        leaseLeft: Duration = .hours(100),
        kind: Lease.Kind = .timing,
        at now: Timestamp = noon
    ) {
        id = NotebookID("id-\(name)")
        self.name = name
        runStartedAt = now - age
        statusSince = now - age
        let created = now - .days(40)
        lease = Lease(
            isEnabled: true,
            kind: kind,
            createdAt: created,
            duration: now + leaseLeft - created,
            updatedAt: nil
        )
    }

    // MARK: - The user

    /// Whether its user works in it at `now`.
    func isInUse(at now: Timestamp) -> Bool {
        status.isRunning && work.contains { $0.contains(now) && now >= runStartedAt }
    }

    /// The latest moment of use in this run until `now`; the start of the run when there was none.
    func lastUse(until now: Timestamp) -> Timestamp {
        var last = runStartedAt
        for stretch in work where stretch.lowerBound <= now { last = max(last, min(stretch.upperBound, now)) }
        return last
    }

    // MARK: - What the cloud does with it

    /// Lets time pass: leases run out, and statuses that change by themselves do.
    mutating func settle(at now: Timestamp) {
        if status.isRunning, let expiry = lease?.expiry, expiry <= now {
            ranOutAt = expiry
            enter(.stopping, at: expiry)
        }
        if status == .stopping, now - statusSince >= .seconds(150) { enter(.stopped, at: statusSince + .seconds(150)) }
        if status == .starting, now - statusSince >= .seconds(25) { begin(at: statusSince + .seconds(25)) }
    }

    mutating func stop(at now: Timestamp) {
        if status.isRunning { enter(.stopping, at: now) }
    }

    mutating func start(at now: Timestamp) {
        if status == .stopped { enter(.starting, at: now) }
    }

    /// Stops and starts it between two readings.
    mutating func restart(at now: Timestamp) {
        if status.isRunning { begin(at: now) }
    }

    mutating func enter(_ next: NotebookStatus, at now: Timestamp) {
        status = next
        statusSince = now
    }

    /// Sets the remaining time, as the cloud does on a renewal.
    mutating func renew(_ duration: Duration, _ kind: Lease.Kind, at now: Timestamp) {
        guard var lease else { return }
        lease.duration = now + duration - lease.createdAt
        lease.kind = kind
        lease.updatedAt = now
        self.lease = lease
    }

    private mutating func begin(at now: Timestamp) {
        enter(.running, at: now)
        run += 1
        runStartedAt = now
        if let kind = lease?.kind { renew(.hours(4), kind, at: now) }
    }

    // MARK: - What the world sees of it

    var token: String { "token-\(name)-\(run)" }

    /// The notebook as a reply shows it to a daemon whose clock is so much ahead, which moves the cloud's instants to its
    /// own clock.
    func reading(ahead skew: Duration) -> Notebook {
        var notebook = reading
        guard skew > .seconds(5) || skew < .seconds(-5) else { return notebook }
        if case .known(var lease) = notebook.lease {
            lease.createdAt = lease.createdAt + skew
            lease.updatedAt = lease.updatedAt.map { $0 + skew }
            notebook.lease = .known(lease)
        }
        notebook.updatedAt = notebook.updatedAt.map { $0 + max(skew, .zero) }
        return notebook
    }

    /// The notebook as a reply at this moment shows it.
    var reading: Notebook {
        Notebook(
            id: id,
            name: name,
            status: status,
            owner: owner,
            flavor: flavor,
            tags: .known(tags),
            lease: lease.map { .known($0) } ?? .unreadable,
            updatedAt: statusSince,
            access: status.isRunning ? JupyterAccess(url: "https://\(name).example.com", token: Secret(token)) : nil
        )
    }

    /// The last activity that its server knows of: where nobody has used it in this run, one of a run before.
    private func stamp(at now: Timestamp) -> Timestamp {
        let last = lastUse(until: now)
        guard last == runStartedAt else { return last }
        return work.map(\.upperBound).filter { $0 <= runStartedAt }.max() ?? runStartedAt - .hours(9)
    }

    /// What its server says to somebody who comes with the token of `asked`.
    func activity(asked: Notebook, at now: Timestamp) -> Activity {
        guard status.isRunning else { return .unknown(.unreachable("connection refused")) }
        guard asked.access?.token == Secret(token) else { return .unknown(.refused("HTTP 403")) }
        return isInUse(at: now) ? .active : .idle(since: stamp(at: now))
    }
}

extension Activity {
    /// What a probe makes of it whose clock is so much ahead of the server's: later use, never earlier.
    func seen(ahead skew: Duration, at clock: Timestamp) -> Activity {
        guard case .idle(let since) = self else { return self }
        let corrected = skew > .seconds(5) || skew < .seconds(-5) ? since + skew : since
        return .idle(since: min(max(since, corrected), clock))
    }
}
