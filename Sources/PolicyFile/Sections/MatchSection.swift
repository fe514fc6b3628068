// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads `match`: which notebooks a rule is about.
struct MatchSection {
    let sink: DiagnosticSink
    let calendars: CalendarTable
    /// Whether the policy says what running costs.
    let hasPrices: Bool

    private typealias Condition = Selector.Condition

    /// The fields that are compared with globs, and the condition that each makes.
    private static let globFields: [String: @Sendable ([Glob]) -> Selector.Condition] = [
        "id": { .id($0) }, "name": { .name($0) }, "owner": { .owner($0) }, "workspace": { .workspace($0) },
        "flavor": { .flavor($0) }, "image": { .image($0) }, "pool": { .pool($0) }, "feature": { .feature($0) },
        "description": { .description($0) },
    ]

    private enum LeaseType: String, CaseIterable {
        case timing
        case idle

        var kind: Lease.Kind {
            switch self {
            case .timing: .timing
            case .idle: .idle
            }
        }
    }

    /// The selector; nothing written matches everything, nil follows an error.
    func read(optional entry: DocumentNode.Entry) -> Selector? {
        MappingReader(optional: entry, .match, sink).flatMap(read)
    }

    /// The conditions in the order of the file.
    private func read(_ reader: MappingReader) -> Selector? {
        let conditions = reader.entries.map { read($0, reader) }
        let complete = conditions.compactMap { $0 }
        return complete.count == conditions.count ? Selector(complete.flatMap { $0 }) : nil
    }

    /// The conditions of one key, several only for tags; nil after an error.
    private func read(_ entry: DocumentNode.Entry, _ reader: MappingReader) -> [Selector.Condition]? {
        if let condition = Self.globFields[entry.key] {
            return GlobReader(sink: sink).globs(entry.value, entry.key).map { [condition($0)] }
        }
        switch entry.key {
        case "tag": return readTags(entry.value)
        case "leaseType": return readLeaseTypes(entry.value)
        case "marked": return reader.flag("marked").map { [.marked($0.value)] }
        case "runningFor": return reader.duration("runningFor", .positive).map { [.runningFor($0.value)] }
        case "during": return DuringReader(sink: sink, calendars: calendars).read(entry).map { [.during($0)] }
        case "spent": return SpentSection(sink: sink, hasPrices: hasPrices).read(entry).map { [.spent($0)] }
        case "not": return readNot(entry)
        default: return []
        }
    }

    private func readTags(_ node: DocumentNode) -> [Selector.Condition]? {
        guard case .mapping(let entries) = node.content, !entries.isEmpty else {
            sink.error(node.place, "`tag` must be a mapping from keys to globs, such as {team: research}")
            return nil
        }
        let conditions = entries.compactMap { entry -> Selector.Condition? in
            guard !entry.key.isEmpty else {
                sink.error(entry.keyPlace, "the key of a tag must not be empty")
                return nil
            }
            let globs = GlobReader(sink: sink).globs(entry.value, "tag.\(Quoted.plain(entry.key))")
            return globs.map { .tag(key: entry.key, $0) }
        }
        return conditions.count == entries.count ? conditions : nil
    }

    private func readLeaseTypes(_ node: DocumentNode) -> [Selector.Condition]? {
        let items: [DocumentNode]
        if case .sequence(let written) = node.content { items = written } else { items = [node] }
        let kinds = items.compactMap { item in
            ValueReader(sink: sink).choice(item, "leaseType", of: LeaseType.self)?.value.kind
        }
        if items.isEmpty { sink.error(node.place, "`leaseType` is an empty list, which matches nothing") }
        return kinds.isEmpty || kinds.count < items.count ? nil : [.leaseType(kinds)]
    }

    private func readNot(_ entry: DocumentNode.Entry) -> [Selector.Condition]? {
        guard let inner = MappingReader(entry.value, .match, sink) else { return nil }
        if inner.entries.isEmpty, case .mapping(let written) = entry.value.content, written.isEmpty {
            sink.error(entry.value.place, "an empty `not` excludes every notebook; write the conditions to exclude")
            return nil
        }
        return read(inner).map { [.not($0)] }
    }
}
