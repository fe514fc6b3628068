// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What tests and demonstrations do to a cloud from outside of its API.
extension SimulatedCloud {
    // MARK: - Users

    /// Stops, starts, tags or describes a notebook as its user would in the console, now.
    package func perform(_ deed: UserAct.Deed, on notebook: String) throws(APIError) {
        try change { (model, now) throws(APIError) in
            try model.perform(UserAct(at: now, notebook: notebook, deed), now: now)
        }
    }

    /// Changes what the user of a notebook does from now on.
    package func setBehaviour(_ behaviour: Behaviour, of notebook: String) {
        change { model, now in model.setBehaviour(behaviour, of: notebook, now: now) }
    }

    // MARK: - Metrics

    /// Sets what the metrics service says of each notebook, by its id, to every query from now on.
    package func setMetrics(_ values: [String: Double]) {
        withState { state, _ in state.metrics.values = values }
    }

    // MARK: - Settings

    /// Changes what the documents leave open.
    package func configure(_ body: (inout CloudSettings) -> Void) {
        change { model, _ in body(&model.settings) }
    }

    // MARK: - Misfortune

    /// Lets requests fail; faults are tried in the order in which they were injected.
    package func injectFault(_ fault: Fault) { withState { state, _ in state.faults.append(fault) } }

    /// Takes back all faults that have not been used up, and releases the replies that they hold.
    package func clearFaults() {
        withState { state, _ in state.faults.removeAll() }
        held.release()
    }

    /// Lets all held replies go.
    package func releaseHeldReplies() { held.release() }

    /// Lets the gateway refuse all calls with 429, or stop doing so.
    /// - Parameters:
    ///   - isOn: Whether calls are refused from now on.
    ///   - retryAfter: Seconds for the `Retry-After` header; `nil` for none.
    package func setThrottling(_ isOn: Bool, retryAfter: Int? = nil) {
        withState { state, _ in state.throttle = (isOn, retryAfter) }
    }

    // MARK: - Identities

    /// Changes what the identities of the simulator's own access key, user and agency may do.
    package func setPermissions(_ permissions: Set<Permission>, isAdministrator: Bool = true) {
        withState { state, _ in
            for key in state.directory.keys.keys {
                state.directory.keys[key]?.identity.permissions = permissions
                state.directory.keys[key]?.identity.isAdministrator = isAdministrator
            }
            for user in state.directory.users.keys {
                state.directory.users[user]?.identity.permissions = permissions
                state.directory.users[user]?.identity.isAdministrator = isAdministrator
            }
            state.directory.metadata.identity.permissions = permissions
            state.directory.metadata.identity.isAdministrator = isAdministrator
        }
    }

    /// Makes all IAM tokens issued so far invalid.
    package func revokeTokens() { withState { state, _ in state.directory.tokens.revokeAll() } }

    /// Changes how the metadata service behaves.
    package func setMetadataMode(_ mode: MetadataMode) {
        withState { state, _ in state.directory.metadata.mode = mode }
    }
}
