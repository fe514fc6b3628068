// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Identifiers and secrets that follow from a name, so that every run of a scenario has the same ones.
enum StableID {
    /// A UUID (version 4 in form) that follows from `seed`.
    static func uuid(of seed: String) -> String {
        var generator = SplitMix64(state: hash(seed))
        return uuid(&generator)
    }

    /// Hexadecimal digits that follow from `seed`.
    static func hexadecimal(of seed: String, digits: Int) -> String {
        var generator = SplitMix64(state: hash(seed))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits)
        while bytes.count < digits {
            var word = generator.next()
            for _ in 0..<min(16, digits - bytes.count) {
                bytes.append(hexadecimalDigit(UInt8(word & 15)))
                word >>= 4
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A UUID from the next two words of a generator.
    static func uuid(_ generator: inout SplitMix64) -> String {
        let high = generator.next() & 0xffff_ffff_ffff_0fff | 0x0000_0000_0000_4000
        let low = generator.next() & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for position in 0..<32 {
            if position == 8 || position == 12 || position == 16 || position == 20 { text.append(UInt8(ascii: "-")) }
            let word = position < 16 ? high : low
            text.append(hexadecimalDigit(UInt8(word >> UInt64(60 - position % 16 * 4) & 15)))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// FNV-1a, 64 bit: the same in every process, unlike `Hasher`.
    static func hash(_ text: String) -> UInt64 {
        var value: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return value
    }
}

/// A small seeded generator (Steele, Lea and Flood, 2014); reproducible on every platform.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }
}
