// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads the one outcome of a rule.
struct OutcomeSection {
    let context: RuleContext

    private static let keys = ["keepAlive", "idle", "stop", "exempt"]

    private var sink: DiagnosticSink { context.sink }

    /// The outcome; nil after an error.
    ///
    /// Of several outcomes each is read, so that all problems are seen at once.
    func read(_ rule: MappingReader) -> Outcome? {
        let written = rule.entries.filter { Self.keys.contains($0.key) }
        guard let first = written.first else {
            rule.reportMissing(Self.keys, "a rule needs an outcome: \(Quoted.alternatives(Self.keys))")
            return nil
        }
        for extra in written.dropFirst() {
            let place = "\(first.keyPlace.line):\(first.keyPlace.column)"
            sink.error(
                extra.keyPlace,
                "a rule has exactly one outcome, and this one has `\(first.key)` at \(place) already"
            )
        }
        return written.map(read).first ?? nil
    }

    private func read(_ entry: DocumentNode.Entry) -> Outcome? {
        switch entry.key {
        case "keepAlive":
            return MappingReader(optional: entry, .keepAlive, sink).map {
                .keepAlive(KeepAliveSection(context: context).read($0))
            }
        case "idle":
            return MappingReader(optional: entry, .idle, sink)
                .flatMap { IdleSection(context: context).read($0) }.map(Outcome.idle)
        case "stop":
            return MappingReader(optional: entry, .stop, sink).map {
                .stop(warn: $0.duration("warn", .positive)?.value)
            }
        default: return readExempt(entry)
        }
    }

    private func readExempt(_ entry: DocumentNode.Entry) -> Outcome? {
        guard let flag = ValueReader(sink: sink).flag(entry.value, entry.key) else { return nil }
        if flag.value { return .exempt }
        sink.error(flag.place, "`exempt: false` says nothing; remove it and choose another outcome")
        return nil
    }
}
