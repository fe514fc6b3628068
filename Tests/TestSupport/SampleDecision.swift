// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// Notebooks, and decisions about them that the planner really makes.
package enum SampleDecision {
    /// 2026-11-20T12:00:00Z.
    package static let noon = Timestamp(milliseconds: 1_795_176_000_000)

    private static let jupyter = EvidenceName("jupyter")

    /// A running notebook with everything that a reply can carry.
    package static func notebook(
        _ id: String = "11111111-2222-4333-8444-555555555555",
        name: String = "trainer",
        token: String = "token-of-the-run",
        leaseLeft: Duration = .seconds(600),
        now: Timestamp = noon
    ) -> Notebook {
        let created = now - .seconds(30 * 86_400)
        return Notebook(
            id: NotebookID(id),
            name: name,
            status: .running,
            owner: Notebook.Owner(name: "alice", id: "u-1"),
            workspaceID: "0",
            flavor: "modelarts.vm.gpu.v100",
            tags: ["team": "vision"],
            note: "a note",
            lease: .known(
                Lease(
                    isEnabled: true,
                    kind: .timing,
                    createdAt: created,
                    duration: now + leaseLeft - created,
                    updatedAt: nil
                )
            ),
            updatedAt: now - .seconds(86_400),
            access: JupyterAccess(url: "https://notebook.example.com/\(id)/lab?token=\(token)", token: Secret(token))
        )
    }

    /// The decision to stop it, because it has been idle for two hours.
    package static func stop(_ notebook: Notebook = notebook(), now: Timestamp = noon) -> Decision {
        let budget = IdleBudget(
            budget: .seconds(3_600),
            evidence: EvidenceRequirement(sources: [EvidenceRequirement.Use(source: jupyter)])
        )
        return decide(notebook, .idle(budget), now: now)
    }

    /// The decision to prolong its lease.
    package static func prolong(_ notebook: Notebook = notebook(), now: Timestamp = noon) -> Decision {
        decide(notebook, .keepAlive(KeepAlive()), now: now)
    }

    private static func decide(_ notebook: Notebook, _ outcome: Outcome, now: Timestamp) -> Decision {
        var record = NotebookRecord(notebook, readAt: now - .seconds(1), marks: nil)
        record.add(
            Observation(
                source: jupyter,
                activity: .idle(since: now - .seconds(7_200)),
                observedAt: now - .seconds(1),
                detail: "kernel 8954 idle"
            )
        )
        let policy = Policy(
            mode: .enforce,
            service: ServiceSettings(endpoint: "https://modelarts.example.com", projectID: "p"),
            evidence: [EvidenceSource(name: jupyter, kind: .jupyter(JupyterSettings()))],
            rules: [Rule(name: "everyone", outcome: outcome)]
        )
        return Planner.decide(record, policy: policy, now: now)
    }
}
