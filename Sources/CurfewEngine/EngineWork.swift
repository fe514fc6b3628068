// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// The slow work that effects stand for; none of it touches the engine's state.
struct EngineWork: Sendable {
    let ports: EnginePorts
    let probes: [EvidenceName: any ActivityProbe]
    let send: @Sendable (Trigger) -> Void

    /// Lists all notebooks and reports each page as it comes.
    func list(sweep: Int) async {
        do throws(ServiceFailure) {
            try await ports.service.list { page in
                send(.page(page, sweep: sweep, readAt: ports.time.now))
            }
            send(.listed(sweep: sweep, failure: nil))
        } catch {
            send(.listed(sweep: sweep, failure: error))
        }
    }

    func look(_ notebook: Notebook, _ question: EvidenceQuestion) async {
        send(.looked(notebook.id, await observations(of: notebook, question, isGlance: true)))
    }

    func survey(_ question: FleetQuestion) async {
        let views = await (probes[question.source] as? any FleetProbe)?.survey(budgets: question.budgets)
        send(.surveyed(question.source, views ?? [:]))
    }

    /// Whether the question goes to a source that answers for all notebooks, so that one slow answer holds up many looks.
    func isShared(_ question: EvidenceQuestion) -> Bool {
        question.sources.contains { probes[$0] is any FleetProbe }
    }

    func gather(_ id: AttemptID, _ question: EvidenceQuestion) async {
        let readAt = ports.time.now
        do throws(ServiceFailure) {
            let notebook = try await ports.service.notebook(id.notebook)
            let looks = notebook.status.isRunning ? await observations(of: notebook, question, isGlance: false) : []
            send(.gathered(id, .success(FreshFacts(notebook: notebook, readAt: readAt, observations: looks))))
        } catch {
            send(.gathered(id, .failure(error)))
        }
    }

    func call(_ id: AttemptID, _ order: ActionAttempt.Order) async {
        do throws(ServiceFailure) {
            switch order {
            case .stop(let stop): try await ports.service.stop(stop)
            case .renew(let renewal): try await ports.service.renewLease(renewal)
            }
            send(.answered(id, failure: nil))
        } catch {
            send(.answered(id, failure: error))
        }
    }

    func confirm(_ id: AttemptID, _ order: ActionAttempt.Order) async {
        let readAt = ports.time.now
        do throws(ServiceFailure) {
            var notebook = try await ports.service.notebook(id.notebook)
            // The lease's own endpoint is the one that the documents name for a fresh reading.
            if case .renew = order { notebook.lease = try await ports.service.lease(of: id.notebook) }
            send(.confirmation(id, .success(FreshFacts(notebook: notebook, readAt: readAt))))
        } catch {
            send(.confirmation(id, .failure(error)))
        }
    }

    /// Asks all sources at once; a glance may share what others ask for at the same time.
    private func observations(of notebook: Notebook, _ question: EvidenceQuestion, isGlance: Bool) async
        -> [Observation]
    {
        await withTaskGroup(of: Observation.self) { group in
            for source in question.sources {
                guard let probe = probes[source] else {
                    let now = ports.time.now
                    group.addTask { Observation(source: source, activity: .unknown(.noSuchSource), observedAt: now) }
                    continue
                }
                group.addTask {
                    if isGlance, let fleet = probe as? any FleetProbe {
                        return await fleet.glance(at: notebook, budget: question.budget)
                    }
                    return await probe.observe(notebook, budget: question.budget)
                }
            }
            var observations: [Observation] = []
            for await observation in group { observations.append(observation) }
            return observations
        }
    }
}
