// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlServer
import CurfewCore
import Synchronization

/// A backend of a test: it answers what the test wants and remembers what it was asked.
final class StandIn: ControlBackend {
    private let state = Mutex(State())

    private struct State {
        var operators: String?
        var content = ControlContent(json: Array("{}".utf8), version: "1")
        var followers: [AsyncStream<ControlContent>.Continuation] = []
        var asked: [String] = []
    }

    var operators: String? {
        get { state.withLock { $0.operators } }
        set { state.withLock { $0.operators = newValue } }
    }

    /// What it was asked, in order.
    var asked: [String] { state.withLock { $0.asked } }

    /// How many follow.
    var followers: Int { state.withLock { $0.followers.count } }

    /// Answers with this from now on, and tells the followers.
    func publish(_ content: ControlContent) {
        let followers = state.withLock { state in
            state.content = content
            return state.followers
        }
        for follower in followers { follower.yield(content) }
    }

    /// Nothing new comes any more.
    func finish() {
        for follower in state.withLock({ $0.followers }) { follower.finish() }
    }

    private func answer(_ question: String) -> ControlContent {
        state.withLock { state in
            state.asked.append(question)
            return state.content
        }
    }

    func status(_ filter: StatusFilter) async -> ControlContent {
        answer("status \(filter.owner ?? "-") \(filter.action ?? "-") \(filter.rule ?? "-")")
    }

    func statusUpdates(_ filter: StatusFilter) -> AsyncStream<ControlContent> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: ControlContent.self,
            bufferingPolicy: .bufferingNewest(1)
        )
        state.withLock { state in
            continuation.yield(state.content)
            state.followers.append(continuation)
        }
        return stream
    }

    func notebooks() async -> ControlContent { answer("notebooks") }

    func explanation(of notebook: String, at: Timestamp?) async throws(ControlProblem) -> ControlContent {
        answer("explain \(notebook) \(at?.description ?? "-")")
    }

    func history(_ query: HistoryQuery) async -> ControlContent {
        answer("history \(query.notebook ?? "-") \(query.since?.description ?? "-") \(query.limit)")
    }

    func report(_ query: ReportQuery) async -> ControlContent { answer("report") }

    func keep(_ notebook: String, _ body: ControlBody, by person: String) async throws(ControlProblem) -> ControlContent
    {
        let body = try body.decode([String: String].self)
        return answer("keep \(notebook) \(body.sorted { $0.key < $1.key }) by \(person)")
    }

    func release(_ notebook: String, by person: String) async -> ControlContent {
        answer("release \(notebook) by \(person)")
    }
    func freeze(_ body: ControlBody, by person: String) async -> ControlContent { answer("freeze by \(person)") }
    func thaw(by person: String) async -> ControlContent { answer("thaw by \(person)") }
    func approve(_ body: ControlBody, by person: String) async -> ControlContent { answer("approve by \(person)") }
    func reload(by person: String) async -> ControlContent { answer("reload by \(person)") }
}
