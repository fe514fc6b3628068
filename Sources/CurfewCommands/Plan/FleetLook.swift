// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import Synchronization

/// One complete look at the cloud and at the evidence of every notebook that a rule of some policies wants to know about.
struct FleetLook {
    /// A policy that asks, and its probes.
    struct Asking {
        let policy: Policy
        let probes: [EvidenceName: any ActivityProbe]
        /// How much of its budgets is used.
        var usage: UsageBook?
        /// The instant that is asked about; nil for now.
        var instant: Timestamp?
    }

    let service: any NotebookService
    let asking: [Asking]
    let time: any TimeSource

    /// Notebooks that are looked at at a time.
    private static let looksAtATime = 64

    /// All notebooks, sorted by name, each with a fresh look where its rule asks for one: a list for each policy, in the
    /// same order.
    ///
    /// Where two policies ask the same of the same source, it is looked at once.
    func records() async throws(ServiceFailure) -> [[NotebookRecord]] {
        let found = Mutex<[(notebook: Notebook, readAt: Timestamp)]>([])
        let time = self.time
        try await service.list { page in
            let now = time.now
            found.withLock { $0 += page.map { (notebook: $0, readAt: now) } }
        }
        let notebooks = found.withLock { $0 }.sorted {
            ($0.notebook.name, $0.notebook.id.text) < ($1.notebook.name, $1.notebook.id.text)
        }
        return await looked(
            asking.map { one in
                notebooks.map { NotebookRecord($0.notebook, readAt: $0.readAt, marks: one.policy.marks) }
            }
        )
    }

    private func looked(_ records: [[NotebookRecord]]) async -> [[NotebookRecord]] {
        var result = records
        await withTaskGroup(of: (Int, [[Observation]]).self) { group in
            var indices = (records.first ?? []).indices.makeIterator()
            func startNext() {
                while let index = indices.next() {
                    let wanted = zip(asking, records).map { one, records in looks(wantedBy: one, for: records[index]) }
                    guard wanted.contains(where: { !$0.isEmpty }), let notebook = records.first?[index].notebook else {
                        continue
                    }
                    group.addTask { (index, await Self.looks(at: notebook, wanted)) }
                    return
                }
            }
            for _ in 0..<Self.looksAtATime { startNext() }
            for await (index, observations) in group {
                for (policy, looks) in observations.enumerated() {
                    for look in looks { result[policy][index].add(look) }
                }
                startNext()
            }
        }
        return result
    }

    /// Takes the looks that are wanted for each policy, each once.
    private static func looks(at notebook: Notebook, _ wanted: [[Look]]) async -> [[Observation]] {
        var taken: [Look.Key: Observation] = [:]
        var result: [[Observation]] = []
        for looks in wanted {
            var observations: [Observation] = []
            for look in looks {
                if let known = taken[look.key] {
                    observations.append(known)
                    continue
                }
                let observation = await look.probe.observe(notebook, budget: look.key.budget)
                taken[look.key] = observation
                observations.append(observation)
            }
            result.append(observations)
        }
        return result
    }

    /// A look at a source as a policy describes it.
    private struct Look: Sendable {
        let key: Key
        let probe: any ActivityProbe

        struct Key: Hashable, Sendable {
            let name: EvidenceName
            /// Which of the policies first describes the source so.
            let description: Int
            let budget: Duration
        }
    }

    private func looks(wantedBy one: Asking, for record: NotebookRecord) -> [Look] {
        let decision = Planner.decide(record, policy: one.policy, usage: one.usage, now: one.instant ?? time.now)
        guard
            decision.activity != nil, let rule = one.policy.rules.first(where: { $0.name == decision.rule }),
            case .idle(let terms) = rule.outcome
        else { return [] }
        return terms.question.sources.compactMap { name in
            guard let probe = one.probes[name], let source = one.policy.evidence.first(where: { $0.name == name })
            else {
                return nil
            }
            let key = Look.Key(name: name, description: description(of: source), budget: terms.question.budget)
            return Look(key: key, probe: probe)
        }
    }

    private func description(of source: EvidenceSource) -> Int {
        asking.firstIndex { $0.policy.evidence.contains(source) } ?? 0
    }
}
