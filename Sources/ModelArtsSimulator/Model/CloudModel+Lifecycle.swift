// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension CloudModel {
    /// Starts a stopped notebook.
    /// - Parameters:
    ///   - id: The notebook.
    ///   - lease: Length and type of the new lease; a duration of −1 disables auto stop.
    ///   - cause: Who asks.
    ///   - now: The present instant.
    /// - Returns: The notebook, now STARTING.
    /// - Throws: The refusal, by status and length.
    package mutating func start(
        _ id: String,
        lease: LeaseRequest = LeaseRequest(),
        cause: CloudEvent.Cause = .api,
        now: Int64
    ) throws(APIError) -> SimulatedNotebook {
        let index = try locate(id, now: now)
        switch notebook(at: index).status {
        case .stopped, .startFailed: break
        case .running: throw .alreadyRunning
        case .initial, .creating, .starting: throw .starting
        case .stopping: throw .stopping
        case .frozen: throw .frozen
        default: throw .otherOperation
        }
        let duration = lease.duration ?? Self.defaultLease
        guard duration == -1 || settings.leaseLengths.contains(duration) else { throw .leaseOutOfRange }
        move(index, to: .starting, cause: cause, at: now, for: settings.startDelay)
        return change(index, now: now) { notebook in
            notebook.lease.renew(requested: duration, type: lease.type ?? .timing, now: now)
            notebook.runs += 1
            // The token rotates at every start, but a real server elsewhere keeps the one it was started with.
            if case .external(_, let token) = notebook.behaviour {
                notebook.token = token
            } else {
                notebook.token = StableID.uuid(of: "token:\(notebook.id):\(notebook.runs)")
            }
        }
    }

    /// Stops a running notebook; it is STOPPING for a while.
    package mutating func stop(
        _ id: String,
        cause: CloudEvent.Cause = .api,
        now: Int64
    ) throws(APIError) -> SimulatedNotebook {
        let index = try locate(id, now: now)
        switch notebook(at: index).status {
        case .running: break
        case .stopped:
            throw APIError(400, settings.alreadyStoppedCode, "The notebook instance has been stopped.")
        case .stopping: throw .stopping
        case .initial, .creating, .starting: throw .starting
        case .frozen: throw .frozen
        default: throw .otherOperation
        }
        move(index, to: .stopping, cause: cause, at: now, for: settings.stopDelay)
        // The cloud stamps the lease anew, so that a stopped notebook shows an end in the future.
        return change(index, now: now) { $0.lease.rebase(to: now) }
    }

    /// Deletes a notebook that does not run.
    package mutating func delete(_ id: String, now: Int64) throws(APIError) -> SimulatedNotebook {
        let index = try locate(id, now: now)
        switch notebook(at: index).status {
        case .stopped, .createFailed, .startFailed, .deleteFailed, .error: break
        case .running: throw .stopFirst
        case .initial, .creating, .starting: throw .starting
        case .stopping: throw .stopping
        case .frozen: throw .frozen
        case .snapshotting, .deleting, .deleted: throw .otherOperation
        }
        move(index, to: .deleting, cause: .api, at: now, for: settings.deleteDelay)
        return change(index, now: now) { _ in }
    }

    /// Saves the image of a running notebook, which is SNAPSHOTTING for a while.
    package mutating func snapshot(_ id: String, now: Int64) throws(APIError) -> SimulatedNotebook {
        let index = try locate(id, now: now)
        guard notebook(at: index).status == .running else { throw .notRunning }
        move(index, to: .snapshotting, cause: .api, at: now, for: settings.snapshotDelay)
        return change(index, now: now) { _ in }
    }

    /// Puts a notebook into any status at once, for what happens to a cloud outside its API: arrears, failures.
    package mutating func force(_ id: String, to status: NotebookStatus, now: Int64) throws(APIError) {
        let index = try locate(id, now: now)
        move(index, to: status, cause: .user, at: now, for: nil)
        change(index, now: now) { notebook in
            if status == .running { notebook.runStartedAt = now }
        }
    }
}
