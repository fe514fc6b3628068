// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads `idle`: the notebook is stopped once it has been idle for its budget.
struct IdleSection {
    let context: RuleContext

    private var sink: DiagnosticSink { context.sink }

    /// The terms; nil when something is missing or wrong, which has been reported.
    func read(_ reader: MappingReader) -> IdleBudget? {
        let budget = readBudget(reader)
        let evidence = readEvidence(reader)
        let warn = reader.duration("warn", .positive)
        let whileActive = reader.choice("whileActive", of: IdleBudget.WhileActive.self)?.value ?? .leave
        if let warn, let budget, warn.value > budget.value {
            let texts = (Quoted.plain(warn.text), Quoted.plain(budget.text))
            sink.warning(
                warn.place,
                "`warn` (\(texts.0)) is longer than `budget` (\(texts.1)), so users are warned while they work"
            )
        }
        if whileActive == .prolong { context.terms.checkStandard(unless: [context.defaults.lease]) }
        guard let budget, let evidence else { return nil }
        let lease = context.terms.terms(WrittenTerms(), inherited: context.defaults.lease)
        return IdleBudget(
            budget: budget.value,
            evidence: evidence,
            warn: warn?.value,
            whileActive: whileActive,
            lease: lease
        )
    }

    private func readBudget(_ reader: MappingReader) -> Written<Duration>? {
        if reader.has("budget") {
            let budget = reader.duration("budget", .positive)
            BudgetCheck(sink: sink, pollEvery: context.pollEvery).check(budget)
            return budget
        }
        if !context.defaults.hasBudget {
            reader.reportMissing(["budget"], "`idle` needs the key `budget`, here or in `defaults.idle`")
        }
        return context.defaults.budget
    }

    /// The rule's own evidence, else that of the defaults, else every Jupyter server.
    private func readEvidence(_ reader: MappingReader) -> EvidenceRequirement? {
        let requirement = EvidenceRequirementReader(sink: sink, sources: context.sources)
        if reader.has("evidence") || context.defaults.hasEvidence {
            return requirement.read(reader, inherited: context.defaults.evidence)
        }
        let standard = context.sources.standard
        if standard.isEmpty {
            if context.sources.isEmpty {
                sink.error(
                    reader.place,
                    "`idle` needs a source of evidence; define one at the top level, such as "
                        + "`evidence: {jupyter: {kind: jupyter}}`"
                )
            }
            return nil
        }
        let isComplete = context.sources.isComplete && standard.count == context.sources.names.count
        guard let atLeast = requirement.readAtLeast(reader) ?? context.defaults.atLeast else {
            return EvidenceRequirement(sources: standard)
        }
        let number = isComplete ? requirement.checked(atLeast, count: standard.count) : atLeast.value
        return EvidenceRequirement(sources: standard, atLeast: number)
    }
}
