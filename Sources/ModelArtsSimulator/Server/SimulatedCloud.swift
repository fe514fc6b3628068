// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// A ModelArts cloud in memory: answers requests, remembers them, and lets tests play user, operator and misfortune.
///
/// One lock guards everything; no function waits for anything while holding it. `SimulatorServer` puts it on a port.
package final class SimulatedCloud: Sendable {
    /// The clock that everything in this cloud follows.
    package let time: SimulatorTime

    /// The secrets and names that this cloud accepts.
    package let credentials: SimulatorCredentials
    let held = HeldReplies()
    private let state: Mutex<CloudState>

    /// A cloud with the notebooks of a scenario.
    /// - Parameters:
    ///   - scenario: What exists at the beginning.
    ///   - time: The clock; its present instant is when the deadlines begin to count.
    ///   - credentials: What clients sign in with.
    package init(scenario: Scenario, time: SimulatorTime, credentials: SimulatorCredentials = SimulatorCredentials()) {
        self.time = time
        self.credentials = credentials
        state = Mutex(CloudState(scenario: scenario, credentials: credentials, now: time.now()))
    }

    /// Answers a request, at the present instant.
    package func respond(to request: WireRequest) -> WireAnswer {
        state.withLock { $0.respond(to: request, now: time.now()) }
    }

    /// What a client needs to use this cloud; the port is known once a server runs it.
    package var access: SimulatorAccess {
        let baseURL = state.withLock { $0.baseURL }
        return SimulatorAccess(
            endpoint: baseURL,
            iamEndpoint: baseURL,
            metadataEndpoint: baseURL,
            projectID: credentials.projectID,
            accessKey: credentials.accessKey,
            secretKey: credentials.secretKey,
            user: credentials.user,
            password: credentials.password
        )
    }

    /// The requests received, oldest first; the latest 100 000 at least.
    package var records: [RequestRecord] { state.withLock { $0.records.all } }

    /// All status changes until now, oldest first.
    package var events: [CloudEvent] { inspect(\.events) }

    /// Reads the model as it is now.
    package func inspect<Result: Sendable>(_ body: (CloudModel) -> Result) -> Result {
        state.withLock { state in
            state.model.advance(to: time.now())
            return body(state.model)
        }
    }

    /// A notebook as it is now, by its id.
    package func notebook(_ id: String) -> SimulatedNotebook? { inspect { $0[id] } }

    /// A notebook as it is now, by its name; the oldest of that name.
    package func notebook(named name: String) -> SimulatedNotebook? {
        inspect { model in model.all.first { $0.name == name } }
    }

    /// Changes the model directly, at the present instant, which the closure gets.
    package func change<Result: Sendable, Failure: Error>(
        _ body: (inout CloudModel, Int64) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withState { (state, now) throws(Failure) in
            state.model.advance(to: now)
            return try body(&state.model, now)
        }
    }

    func withState<Result: Sendable, Failure: Error>(
        _ body: (inout CloudState, Int64) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try state.withLock { (state) throws(Failure) in try body(&state, time.now()) }
    }
}
