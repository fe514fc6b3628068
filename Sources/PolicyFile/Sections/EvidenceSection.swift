// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads `evidence`: the named sources of activity.
struct EvidenceSection {
    let sink: DiagnosticSink
    /// Where the notebooks live; nil when that could not be read.
    let service: ServiceSettings?
    /// What is wrong with a program of this machine, if anything; nil where the policy may be for another machine.
    let programs: ProgramCheck?

    private enum Kind: String, CaseIterable {
        case jupyter
        case prometheus
        case command

        /// The keys that make sense besides those of every source.
        var keys: [String] {
            switch self {
            case .jupyter: ["timeout", "busyKernelIsActive", "connectionIsActive", "terminalIsActive", "auth"]
            case .prometheus: PrometheusSection.keys
            case .command: ["command", "timeout", "concurrency"]
            }
        }
    }

    /// The keys of every source.
    private static let commonKeys = ["kind", "unknownAfter"]

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
        guard let reader = MappingReader(entry.value, .evidenceSource, sink), reader.required("kind") != nil,
            let kind = reader.choice("kind", of: Kind.self)?.value
        else { return nil }
        for entry in reader.entries where !(Self.commonKeys + kind.keys).contains(entry.key) {
            let owners = Kind.allCases.filter { $0.keys.contains(entry.key) }.map(\.rawValue)
            let owner = owners.joined(separator: "` or `")
            sink.error(entry.keyPlace, "`\(entry.key)` belongs to `kind: \(owner)`, not to \(kind.rawValue)")
        }
        let unknownAfter = reader.duration("unknownAfter", .positive)?.value ?? EvidenceSource.standardUnknownAfter
        return settings(of: kind, reader).map { EvidenceSource(name: name, kind: $0, unknownAfter: unknownAfter) }
    }

    private func settings(of kind: Kind, _ reader: MappingReader) -> EvidenceSource.Kind? {
        switch kind {
        case .jupyter: .jupyter(readJupyter(reader))
        case .prometheus:
            PrometheusSection(reader: reader, service: service).read().map(EvidenceSource.Kind.prometheus)
        case .command: CommandSection(programs: programs).read(reader).map(EvidenceSource.Kind.command)
        }
    }

    private func readJupyter(_ reader: MappingReader) -> JupyterSettings {
        let standard = JupyterSettings()
        return JupyterSettings(
            timeout: reader.duration("timeout", .probe)?.value ?? standard.timeout,
            busyKernelIsActive: reader.flag("busyKernelIsActive")?.value ?? standard.busyKernelIsActive,
            connectionIsActive: reader.flag("connectionIsActive")?.value ?? standard.connectionIsActive,
            terminalIsActive: reader.flag("terminalIsActive")?.value ?? standard.terminalIsActive,
            authentication: reader.choice("auth", of: JupyterSettings.Authentication.self)?.value
                ?? standard.authentication
        )
    }
}
