// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// What stands behind the socket: one method for each endpoint of `docs/control-api.yaml`.
///
/// Readers get what was last published and never wait for the loop. Who may call what has been settled before; a
/// notebook is named as `NotebookReference` says, and `person` is the name of the user who asks.
package protocol ControlBackend: Sendable {
    /// The group whose members may act, by the policy in force; nil when root alone may.
    var operators: String? { get }

    func status(_ filter: StatusFilter) async throws(ControlProblem) -> ControlContent
    /// The status now and whenever another one is published; a reader that is slow gets the newest only.
    func statusUpdates(_ filter: StatusFilter) -> AsyncStream<ControlContent>
    func notebooks() async throws(ControlProblem) -> ControlContent
    /// At a past instant, or at present where `at` is nil.
    func explanation(of notebook: String, at: Timestamp?) async throws(ControlProblem) -> ControlContent
    func history(_ query: HistoryQuery) async throws(ControlProblem) -> ControlContent
    func report(_ query: ReportQuery) async throws(ControlProblem) -> ControlContent

    func keep(_ notebook: String, _ body: ControlBody, by person: String) async throws(ControlProblem) -> ControlContent
    func release(_ notebook: String, by person: String) async throws(ControlProblem) -> ControlContent
    func freeze(_ body: ControlBody, by person: String) async throws(ControlProblem) -> ControlContent
    func thaw(by person: String) async throws(ControlProblem) -> ControlContent
    func approve(_ body: ControlBody, by person: String) async throws(ControlProblem) -> ControlContent
    func reload(by person: String) async throws(ControlProblem) -> ControlContent
}

/// Which notebooks a status is about; nil lets all pass.
package struct StatusFilter: Hashable, Sendable {
    package var owner: String?
    /// `prolong`, `stop`, `warn` or `leave`.
    package var action: String?
    package var rule: String?
    /// Whether the notebooks are wanted as the rows of a table only, which are many times shorter.
    package var isTable: Bool

    package init(owner: String? = nil, action: String? = nil, rule: String? = nil, isTable: Bool = false) {
        (self.owner, self.action, self.rule, self.isTable) = (owner, action, rule, isTable)
    }
}

/// Which actions a history is about.
package struct HistoryQuery: Hashable, Sendable {
    /// An id, the beginning of one, or a name; nil for all.
    package var notebook: String?
    package var since: Timestamp?
    /// The most actions, from 1 to 10 000.
    package var limit: Int

    package init(notebook: String? = nil, since: Timestamp? = nil, limit: Int = 100) {
        (self.notebook, self.since, self.limit) = (notebook, since, limit)
    }
}

/// Which time a report is about; nil leaves the choice to it.
package struct ReportQuery: Hashable, Sendable {
    package var since: Timestamp?
    package var until: Timestamp?

    package init(since: Timestamp? = nil, until: Timestamp? = nil) {
        (self.since, self.until) = (since, until)
    }
}
