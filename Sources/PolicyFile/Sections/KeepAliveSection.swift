// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads `keepAlive`: the lease is prolonged before it runs out.
struct KeepAliveSection {
    let context: RuleContext

    private var sink: DiagnosticSink { context.sink }

    func read(_ reader: MappingReader) -> KeepAlive {
        let own = context.terms.read(reader)
        let terms = context.terms.terms(own, inherited: context.defaults.lease)
        context.terms.checkStandard(unless: [own, context.defaults.lease])
        return KeepAlive(
            until: readUntil(reader),
            lease: terms,
            leaseType: reader.choice("leaseType", of: KeepAlive.LeaseType.self)?.value ?? .timing,
            reason: reader.text("reason")?.value
        )
    }

    private func readUntil(_ reader: MappingReader) -> Timestamp? {
        guard let written = reader.text("until") else { return nil }
        do {
            guard let until = try InstantText.parse(written.value, in: context.zone) else { return nil }
            if until <= context.now {
                let text = Quoted.plain(written.text)
                sink.warning(written.place, "`until` (\(text)) is in the past, so the rule no longer matches anything")
            }
            return until
        } catch {
            sink.error(written.place, "`until` is no instant (\(Quoted.value(written.text))): \(error.reason)")
            return nil
        }
    }
}
