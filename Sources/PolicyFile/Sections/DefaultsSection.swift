// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// What rules take that do not say it themselves.
struct PolicyDefaults {
    var budget: Written<Duration>?
    var evidence: EvidenceRequirement?
    var lease: WrittenTerms?
    /// Whether the key was written, well or badly: a rule is not blamed for what is broken here.
    var hasBudget = false
    var hasEvidence = false
    /// The number of sources that must speak, when it stands here without a list.
    var atLeast: Written<Int>?
}

/// Reads `defaults`.
struct DefaultsSection {
    let sink: DiagnosticSink
    let sources: EvidenceSources
    let terms: LeaseTermsReader

    func read(_ policy: MappingReader) -> PolicyDefaults {
        var result = PolicyDefaults()
        let reader = policy.mapping("defaults", .defaults)
        if let idle = reader?.mapping("idle", .defaultIdle) {
            result.hasBudget = idle.has("budget")
            result.budget = idle.duration("budget", .positive)
            BudgetCheck(sink: sink, pollEvery: terms.pollEvery).check(result.budget)
            let requirement = EvidenceRequirementReader(sink: sink, sources: sources)
            result.hasEvidence = idle.has("evidence")
            result.evidence = requirement.read(idle, inherited: nil)
            if !result.hasEvidence { result.atLeast = requirement.readAtLeast(idle) }
        }
        if let lease = reader?.mapping("lease", .defaultLease) {
            let written = terms.read(lease)
            result.lease = written
            _ = terms.terms(written, inherited: nil)
        }
        return result
    }
}
