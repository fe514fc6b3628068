// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The bytes of an object's key, packed into two words so that comparing needs no text.
///
/// Keys of more than 16 bytes are all the same value, `tooLong`, which no wanted key equals.
struct JSONKey: Hashable {
    /// What every key that cannot be wanted reads as: a zero byte is in no key that `JSONKeys` holds.
    static let tooLong = JSONKey(low: 0, high: 0, count: 17)

    fileprivate let low: UInt64
    fileprivate let high: UInt64
    fileprivate let count: Int

    private init(low: UInt64, high: UInt64, count: Int) {
        self.low = low
        self.high = high
        self.count = count
    }

    /// Packs the bytes of a range of a text.
    init(_ bytes: [UInt8], in range: Range<Int>) {
        guard range.count <= 16 else {
            self = .tooLong
            return
        }
        var low: UInt64 = 0
        var high: UInt64 = 0
        for index in range {
            high = high &<< 8 | low &>> 56
            low = low &<< 8 | UInt64(bytes[index])
        }
        self.init(low: low, high: high, count: range.count)
    }

    /// Packs a text.
    init(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(bytes, in: 0..<bytes.count)
    }

    /// A number below 32 that spreads the keys of one object well.
    fileprivate var slot: Int {
        Int(truncatingIfNeeded: ((low ^ high ^ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15) &>> 59)
    }
}

/// The keys that are wanted from one kind of object, each with the field it stands for.
struct JSONKeys<Field: Sendable>: Sendable {
    private struct Entry {
        let key: JSONKey
        let field: Field
    }

    private let slots: [[Entry]]

    /// Makes the table; keys have at most 16 bytes.
    init(_ fields: KeyValuePairs<String, Field>) {
        var slots: [[Entry]] = Array(repeating: [], count: 32)
        for (name, field) in fields {
            let key = JSONKey(name)
            slots[key.slot].append(Entry(key: key, field: field))
        }
        self.slots = slots
    }

    /// The field of a key, nil when the key is not wanted.
    subscript(_ key: JSONKey) -> Field? {
        for entry in slots[key.slot] where entry.key == key { return entry.field }
        return nil
    }
}
