// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Reads addresses of services and reports the ones that are none.
struct AddressReader {
    let sink: DiagnosticSink

    /// The address in its normal form; nil after an error.
    func address(_ entry: DocumentNode.Entry, mayBeMetadata: Bool) -> String? {
        guard let written = ValueReader(sink: sink).text(entry.value, entry.key) else { return nil }
        do {
            return try ServiceAddress(written.value, mayBeMetadata: mayBeMetadata).text
        } catch {
            sink.error(written.place, "`\(entry.key)` is no address of a service: \(error.reason)")
            return nil
        }
    }
}
