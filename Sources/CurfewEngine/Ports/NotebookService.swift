// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// The cloud's notebooks, as far as the engine needs them: to read, to prolong and to stop.
///
/// An implementation bounds every call in time and size, retries only what is harmless to repeat (reads), and throws
/// nothing but `ServiceFailure`. What an order permits goes out while the order is valid, or not at all. It never retries `renewLease` or `stop`: the engine does, after looking again.
package protocol NotebookService: Sendable {
    /// Lists all notebooks in scope, handing them over page by page, each notebook once.
    ///
    /// Pages arrive in any order and may have been handed over when the listing fails; a failure means that the
    /// inventory is incomplete and that nothing may be concluded from a notebook's absence.
    func list(_ handOver: @Sendable ([Notebook]) async -> Void) async throws(ServiceFailure)

    /// Reads one notebook afresh.
    func notebook(_ id: NotebookID) async throws(ServiceFailure) -> Notebook

    /// Reads one notebook's lease afresh.
    func lease(of id: NotebookID) async throws(ServiceFailure) -> LeaseReading

    /// Sets the remaining time of a lease; what the reply says is not believed, read the lease again.
    func renewLease(_ order: RenewalOrder) async throws(ServiceFailure)

    /// Asks for a stop; acceptance is not completion, read the notebook again.
    func stop(_ order: StopOrder) async throws(ServiceFailure)
}
