// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Logging

extension LogEvent {
    /// The metadata of the event over that of its provider over that of its handler, and the error in the words of
    /// swift-log's own handlers (`error.message`, `error.type`).
    func allMetadata(of handler: Logger.Metadata, provider: Logger.MetadataProvider?) -> Logger.Metadata {
        var all = handler
        if let provider { all.merge(provider.get()) { _, provided in provided } }
        if let metadata { all.merge(metadata) { _, explicit in explicit } }
        if let error {
            all["error.message"] = "\(error)"
            all["error.type"] = "\(String(reflecting: type(of: error)))"
        }
        return all
    }
}

/// Metadata flattened to texts under dotted keys, sorted by key.
///
/// A nested dictionary prolongs the key, an array repeats it.
struct FlatMetadata: Sequence {
    private(set) var pairs: [(key: String, value: String)] = []

    init(_ metadata: Logger.Metadata) {
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { add(value, under: key) }
    }

    func makeIterator() -> IndexingIterator<[(key: String, value: String)]> { pairs.makeIterator() }

    private mutating func add(_ value: Logger.MetadataValue, under key: String) {
        switch value {
        case .string(let text): pairs.append((key, text))
        case .stringConvertible(let thing): pairs.append((key, thing.description))
        case .array(let values):
            for value in values { add(value, under: key) }
        case .dictionary(let values):
            for (name, value) in values.sorted(by: { $0.key < $1.key }) { add(value, under: "\(key).\(name)") }
        }
    }
}
