// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// One page of a listing (ModelArts API reference, section 2.2).
struct PageReply {
    /// The notebooks that could be read.
    var notebooks: [Notebook] = []
    /// How many records the page held, readable or not; the next page begins that many records later.
    var records = 0
    /// How many notebooks match altogether; nil where the reply does not say.
    var total: Int?

    private enum Field {
        case data
        case total
    }

    private static let keys: JSONKeys<Field> = JSONKeys(["data": .data, "total": .total])

    /// Reads a reply's body; nil when it is no page: broken JSON, no object, or no list of notebooks in it.
    ///
    /// A `data` of `null` is a page only where `total` says that nothing matches.
    init?(_ body: [UInt8]) {
        do {
            guard try read(body) else { return nil }
        } catch {
            return nil
        }
    }

    private mutating func read(_ body: [UInt8]) throws(JSONSyntaxError) -> Bool {
        var reader = JSONReader(body)
        guard try reader.enterObject() else { return false }
        var hasData = false
        while let key = try reader.nextKey() {
            switch Self.keys[key] {
            case .data: hasData = try readNotebooks(&reader)
            case .total: total = try reader.integer().flatMap { $0 < 0 ? nil : Int(exactly: $0) }
            case nil: try reader.skip()
            }
        }
        try reader.finish()
        return hasData || total == 0
    }

    private mutating func readNotebooks(_ reader: inout JSONReader) throws(JSONSyntaxError) -> Bool {
        guard try reader.enterArray() else { return false }
        while try reader.nextElement() {
            records += 1
            if let notebook = try NotebookReply.read(&reader) { notebooks.append(notebook) }
        }
        return true
    }
}
