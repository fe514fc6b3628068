// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import Synchronization

/// One complete look at the cloud and at the evidence of every notebook that a rule wants to know about.
struct FleetLook {
    let service: any NotebookService
    let probes: [EvidenceName: any ActivityProbe]
    let policy: Policy
    let time: any TimeSource

    /// Looks that may run at a time.
    private static let looksAtATime = 64

    /// All notebooks, sorted by name, each with a fresh look where its rule asks for one.
    func records() async throws(ServiceFailure) -> [NotebookRecord] {
        let found = Mutex<[NotebookRecord]>([])
        let (marks, time) = (policy.marks, self.time)
        try await service.list { page in
            let now = time.now
            let records = page.map { NotebookRecord($0, readAt: now, marks: marks) }
            found.withLock { $0 += records }
        }
        var records = found.withLock { $0 }
        records.sort { ($0.notebook.name, $0.notebook.id.text) < ($1.notebook.name, $1.notebook.id.text) }
        return await looked(records)
    }

    private func looked(_ records: [NotebookRecord]) async -> [NotebookRecord] {
        var result = records
        await withTaskGroup(of: (Int, [Observation]).self) { group in
            var wanting = records.indices.lazy.filter { !question(about: records[$0]).sources.isEmpty }.makeIterator()
            func startNext() {
                guard let index = wanting.next() else { return }
                let (notebook, question) = (records[index].notebook, question(about: records[index]))
                group.addTask { [probes] in
                    var observations: [Observation] = []
                    for source in question.sources {
                        guard let probe = probes[source] else { continue }
                        observations.append(await probe.observe(notebook, budget: question.budget))
                    }
                    return (index, observations)
                }
            }
            for _ in 0..<Self.looksAtATime { startNext() }
            for await (index, observations) in group {
                for observation in observations { result[index].add(observation) }
                startNext()
            }
        }
        return result
    }

    private func question(about record: NotebookRecord) -> EvidenceQuestion {
        let decision = Planner.decide(record, policy: policy, now: time.now)
        guard
            decision.activity != nil, let rule = policy.rules.first(where: { $0.name == decision.rule }),
            case .idle(let terms) = rule.outcome
        else { return .none }
        return terms.question
    }
}
