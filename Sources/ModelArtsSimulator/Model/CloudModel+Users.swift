// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension CloudModel {
    /// Changes what the user of a notebook does; a server elsewhere brings its own token.
    package mutating func setBehaviour(_ behaviour: Behaviour, of id: String, now: Int64) {
        guard let index = try? locate(id, now: now) else { return }
        change(index, now: now) { notebook in
            notebook.behaviour = behaviour
            if case .external(_, let token) = behaviour { notebook.token = token }
        }
    }

    /// Chooses how much of its lease a notebook shows.
    package mutating func setLeaseForm(_ form: LeaseForm, of id: String, now: Int64) {
        guard let index = try? locate(id, now: now) else { return }
        change(index, now: now) { $0.leaseForm = form }
    }

    /// Remembers that a request counted as activity of the Jupyter server.
    mutating func touchJupyter(of id: String, now: Int64) {
        guard let index = try? locate(id, now: now) else { return }
        change(index, now: now) { $0.jupyterTouchedAt = now }
    }
}
