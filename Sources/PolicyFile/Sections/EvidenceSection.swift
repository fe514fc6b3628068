// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads `evidence`: the named sources of activity.
struct EvidenceSection {
    let sink: DiagnosticSink

    private enum Kind: String, CaseIterable {
        case jupyter
    }

    /// The kind that belongs to the language but comes later.
    private static let laterKind = "prometheus"

    /// The sources, as far as they could be read; nothing written is no source.
    func read(_ entry: DocumentNode.Entry?) -> EvidenceSources {
        var result = EvidenceSources()
        guard let entry else { return result }
        guard case .mapping(let entries) = entry.value.content else {
            let example = "{jupyter: {kind: jupyter}}"
            sink.error(
                entry.value.place,
                "`evidence` must be a mapping from names to sources, such as \(example), not \(entry.value.kind)"
            )
            result.isComplete = false
            return result
        }
        for entry in entries {
            let source = readName(entry).flatMap { read($0, entry) }
            result.add(entry.key, at: entry.keyPlace, source)
        }
        return result
    }

    private func readName(_ entry: DocumentNode.Entry) -> EvidenceName? {
        let isName =
            (1...64).contains(entry.key.utf8.count)
            && entry.key.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "._-".utf8.contains(byte)
            }
        if isName { return EvidenceName(entry.key) }
        sink.error(
            entry.keyPlace,
            "\(Quoted.value(entry.key)) cannot name a source; use up to 64 letters, digits, `-`, `_` and `.`"
        )
        return nil
    }

    private func read(_ name: EvidenceName, _ entry: DocumentNode.Entry) -> EvidenceSource? {
        if let kind = laterKind(entry.value) {
            sink.error(kind, "evidence of kind `prometheus` is not supported yet; remove this source")
            return nil
        }
        guard let reader = MappingReader(entry.value, .evidenceSource, sink) else { return nil }
        guard reader.required("kind") != nil else { return nil }
        _ = reader.choice("kind", of: Kind.self)
        let standard = JupyterSettings()
        let settings = JupyterSettings(
            timeout: reader.duration("timeout", .probe)?.value ?? standard.timeout,
            busyKernelIsActive: reader.flag("busyKernelIsActive")?.value ?? standard.busyKernelIsActive,
            connectionIsActive: reader.flag("connectionIsActive")?.value ?? standard.connectionIsActive,
            terminalIsActive: reader.flag("terminalIsActive")?.value ?? standard.terminalIsActive,
            authentication: reader.choice("auth", of: JupyterSettings.Authentication.self)?.value
                ?? standard.authentication
        )
        return EvidenceSource(name: name, kind: .jupyter(settings))
    }

    /// The place of a kind that comes later: one error for it, not one for each of its keys.
    private func laterKind(_ node: DocumentNode) -> Place? {
        guard case .mapping(let entries) = node.content, let kind = entries.first(where: { $0.key == "kind" }),
            case .scalar(let scalar) = kind.value.content, scalar.text.lowercased() == Self.laterKind
        else { return nil }
        return kind.value.place
    }
}
