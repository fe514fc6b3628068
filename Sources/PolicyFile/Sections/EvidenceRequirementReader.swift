// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads the keys `evidence` and `atLeast` of an `idle`, in a rule or in the defaults.
struct EvidenceRequirementReader {
    let sink: DiagnosticSink
    let sources: EvidenceSources

    /// The requirement; nil when none is written and none is inherited, or after an error.
    func read(_ reader: MappingReader, inherited: EvidenceRequirement?) -> EvidenceRequirement? {
        guard let entry = reader.entry("evidence") else {
            guard var requirement = inherited else { return nil }
            if let atLeast = readAtLeast(reader) {
                requirement.atLeast = checked(atLeast, count: requirement.sources.count)
            }
            return requirement
        }
        let uses = readUses(entry)
        let atLeast = readAtLeast(reader)
        guard let uses else { return nil }
        return EvidenceRequirement(
            sources: uses,
            atLeast: atLeast.map { checked($0, count: uses.count) } ?? 1
        )
    }

    func readAtLeast(_ reader: MappingReader) -> Written<Int>? { reader.count("atLeast", in: 1...1_000) }

    /// Holds the number to the number of sources.
    func checked(_ atLeast: Written<Int>, count: Int) -> Int {
        if atLeast.value > count {
            let sources = count == 1 ? "one source is" : "\(count) sources are"
            sink.error(atLeast.place, "`atLeast` is \(atLeast.value), but only \(sources) asked")
        }
        return atLeast.value
    }

    /// One source or a list of them; nil after an error.
    private func readUses(_ entry: DocumentNode.Entry) -> [EvidenceRequirement.Use]? {
        let items: [DocumentNode]
        if case .sequence(let written) = entry.value.content { items = written } else { items = [entry.value] }
        if items.isEmpty {
            sink.error(entry.value.place, "`evidence` must name a source; without one nothing can be known to be idle")
            return nil
        }
        var uses: [EvidenceRequirement.Use] = []
        for item in items {
            guard let use = readUse(item) else { continue }
            if uses.contains(where: { $0.source == use.source }) {
                sink.error(item.place, "the source \(Quoted.value(use.source.text)) is named twice")
            }
            uses.append(use)
        }
        return uses.count == items.count ? uses : nil
    }

    private func readUse(_ node: DocumentNode) -> EvidenceRequirement.Use? {
        if case .mapping = node.content {
            guard let reader = MappingReader(node, .evidenceUse, sink), reader.required("source") != nil else {
                return nil
            }
            let source = reader.text("source")
            let isOptional = reader.flag("optional")?.value ?? false
            let maxAge = reader.duration("maxAge", .positive)?.value
            guard let source, isKnown(source) else { return nil }
            return EvidenceRequirement.Use(
                source: EvidenceName(source.value),
                isOptional: isOptional,
                maxAge: maxAge
            )
        }
        guard let name = ValueReader(sink: sink).text(node, "evidence"), isKnown(name) else { return nil }
        return EvidenceRequirement.Use(source: EvidenceName(name.value))
    }

    private func isKnown(_ name: Written<String>) -> Bool {
        if sources.contains(name.value) { return true }
        let hint = Suggestion.clause(for: name.value, among: sources.names.map(\.name), quote: Quoted.value)
        let remedy = hint.isEmpty ? "; define it under `evidence`" : hint
        sink.error(name.place, "there is no source of evidence named \(Quoted.value(name.value))\(remedy)")
        return false
    }
}
