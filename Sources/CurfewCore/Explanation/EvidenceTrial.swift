// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What one source of evidence says of a notebook, and what that is worth to the deciding rule.
package struct EvidenceTrial: Sendable, Equatable {
    package let source: EvidenceName
    /// Its last look in this run of the notebook, as it was; nil where it has not looked.
    package let look: Observation?
    /// What the look counts as now: unknown where it is too old for the rule.
    package let activity: Activity
    /// How the deciding rule uses the source; nil where it does not ask for it.
    package let use: EvidenceRequirement.Use?
    /// How old the look is; nil where there is none.
    package let age: Duration?

    static func trials(of record: NotebookRecord, under outcome: Outcome?, now: Timestamp) -> [EvidenceTrial] {
        var uses: [EvidenceRequirement.Use] = []
        if case .idle(let terms)? = outcome { uses = terms.evidence.sources }
        let asked = uses.map { use in
            EvidenceTrial(use.source, ActivityVerdict.activity(of: use, record: record, now: now), use, record, now)
        }
        let others = record.observations.filter { look in !uses.contains { $0.source == look.source } }
        return asked + others.map { EvidenceTrial($0.source, $0.activity, nil, record, now) }
    }

    private init(
        _ source: EvidenceName,
        _ activity: Activity,
        _ use: EvidenceRequirement.Use?,
        _ record: NotebookRecord,
        _ now: Timestamp
    ) {
        (self.source, self.activity, self.use) = (source, activity, use)
        look = record.observation(of: source)
        age = look.map { now - $0.observedAt }
    }
}
