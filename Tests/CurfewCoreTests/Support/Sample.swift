// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

/// 2026-11-20T12:00:00Z, a Friday far from any change of clocks.
let noon = Timestamp(milliseconds: 1_795_176_000_000)

extension Duration {
    static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }
    static func hours(_ count: Int) -> Duration { .seconds(count * 3_600) }
    static func days(_ count: Int) -> Duration { .seconds(count * 86_400) }
}

extension Timestamp {
    static func at(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }
}

/// Small values to plan with; each argument is what a test is about, the rest is ordinary.
enum Sample {
    static let jupyter = EvidenceName("jupyter")
    static let accelerator = EvidenceName("accelerator")

    static func notebook(
        _ status: NotebookStatus = .running,
        name: String = "trainer",
        owner: Notebook.Owner = Notebook.Owner(name: "alice", id: "u-1"),
        tags: TagReading = [:],
        note: String? = nil,
        lease: LeaseReading = lease(left: .hours(10)),
        updatedAt: Timestamp? = noon - .days(1),
        token: String? = "token-1"
    ) -> Notebook {
        Notebook(
            id: NotebookID("11111111-2222-4333-8444-555555555555"),
            name: name,
            status: status,
            owner: owner,
            tags: tags,
            note: note,
            lease: lease,
            updatedAt: updatedAt,
            access: token.map { JupyterAccess(url: "https://notebook.example.com/lab", token: Secret($0)) }
        )
    }

    /// A lease that has `left` left at `now`.
    static func lease(
        left: Duration,
        at now: Timestamp = noon,
        kind: Lease.Kind = .timing,
        isEnabled: Bool = true
    ) -> LeaseReading {
        let created = now - .days(30)
        return .known(
            Lease(isEnabled: isEnabled, kind: kind, createdAt: created, duration: now + left - created, updatedAt: nil)
        )
    }

    /// A record of a notebook whose start was witnessed at `start`.
    static func record(
        _ notebook: Notebook = notebook(),
        startedAt start: Timestamp = noon - .hours(5),
        readAt: Timestamp? = nil,
        marks: MarkSettings? = nil,
        looks: [Observation] = []
    ) -> NotebookRecord {
        var before = notebook
        before.status = .stopped
        before.access = nil
        var record = NotebookRecord(before, readAt: start - .minutes(1), marks: marks)
        record.update(with: notebook, readAt: start, marks: marks)
        if let readAt { record.update(with: notebook, readAt: readAt, marks: marks) }
        for look in looks { record.add(look) }
        return record
    }

    static func look(
        _ activity: Activity,
        at instant: Timestamp,
        source: EvidenceName = jupyter,
        serverStartedAt: Timestamp? = nil
    ) -> Observation {
        Observation(source: source, activity: activity, observedAt: instant, serverStartedAt: serverStartedAt)
    }

    static func idle(
        _ budget: Duration = .hours(1),
        sources: [EvidenceRequirement.Use] = [EvidenceRequirement.Use(source: jupyter)],
        atLeast: Int = 1,
        warn: Duration? = nil,
        whileActive: IdleBudget.WhileActive = .leave,
        lease: LeaseTerms = LeaseTerms()
    ) -> Outcome {
        .idle(
            IdleBudget(
                budget: budget,
                evidence: EvidenceRequirement(sources: sources, atLeast: atLeast),
                warn: warn,
                whileActive: whileActive,
                lease: lease
            )
        )
    }

    static func policy(
        _ outcomes: Outcome...,
        mode: Policy.Mode = .enforce,
        marks: MarkSettings? = nil
    ) -> Policy {
        policy(rules: outcomes.enumerated().map { Rule(name: "rule \($0 + 1)", outcome: $1) }, mode: mode, marks: marks)
    }

    static func policy(rules: [Rule], mode: Policy.Mode = .enforce, marks: MarkSettings? = nil) -> Policy {
        Policy(
            mode: mode,
            service: ServiceSettings(endpoint: "https://modelarts.example.com", projectID: "p"),
            evidence: [EvidenceSource(name: jupyter, kind: .jupyter(JupyterSettings()))],
            marks: marks,
            rules: rules
        )
    }

    static func globs(_ patterns: String...) throws -> [Glob] {
        try patterns.map { try Glob($0) }
    }
}
