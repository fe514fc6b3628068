// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

extension EngineState {
    /// Notes whether a look told anything, and reports a source that has not for as long as the policy lets it.
    mutating func noteSilence(_ look: Observation, of tracked: TrackedNotebook, now: Timestamp) {
        let index = tracked.silences.firstIndex { $0.source == look.source }
        guard let why = look.silence(now: now) else {
            if let index { tracked.silences.remove(at: index) }
            return
        }
        var silence = index.map { tracked.silences[$0] } ?? SourceSilence(source: look.source, since: now, why: why)
        silence.why = why
        if !silence.isTold, now - silence.since >= unknownAfter(look.source) {
            silence.isTold = true
            tell(silence, of: tracked)
        }
        if let index { tracked.silences[index] = silence } else { tracked.silences.append(silence) }
    }

    /// Tells of the silences that were too many to be told one by one.
    mutating func tellRestOfSilences() {
        for tally in silenceTallies.values.compactMap(\.rest).sorted(by: { $0.source.text < $1.source.text }) {
            effects.append(.report(.silentNotebooks(tally)))
        }
        silenceTallies.removeAll(keepingCapacity: true)
    }

    /// The silences of the sources that the notebook's rule asks now.
    func silences(of tracked: TrackedNotebook) -> [SourceSilence] {
        guard !tracked.silences.isEmpty else { return [] }
        let asked = uses(forRule: tracked.decision.rule).map(\.source)
        return tracked.silences.filter { asked.contains($0.source) }
    }

    private mutating func tell(_ silence: SourceSilence, of tracked: TrackedNotebook) {
        let notebook = tracked.record.notebook
        guard silenceTallies[silence.source, default: SilenceTally()].count(silence, of: notebook) else { return }
        let canDoWithout = isOptional(silence.source, forRule: tracked.decision.rule)
        effects.append(.report(.sourceSilent(notebook, silence, isOptional: canDoWithout)))
    }

    private func unknownAfter(_ source: EvidenceName) -> Duration {
        policy.evidence.first { $0.name == source }?.unknownAfter ?? EvidenceSource.standardUnknownAfter
    }

    /// Whether the rule can do without the source.
    private func isOptional(_ source: EvidenceName, forRule name: String?) -> Bool {
        uses(forRule: name).first { $0.source == source }?.isOptional ?? false
    }

    /// The sources that a rule asks; none for rules that ask for no evidence.
    private func uses(forRule name: String?) -> [EvidenceRequirement.Use] {
        guard
            let rule = policy.rules.first(where: { $0.name == name }), case .idle(let terms) = rule.outcome
        else { return [] }
        return terms.evidence.sources
    }
}

extension Observation {
    /// Why the look tells nothing about now; nil when it does.
    ///
    /// An answer that is old when it arrives, such as one from a cache, tells nothing either (D18).
    fileprivate func silence(now: Timestamp) -> Activity.Unknown? {
        if case .unknown(let why) = activity { return why }
        return now - observedAt > Planner.freshness ? .stale : nil
    }
}
