// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Spoils bytes without knowing what they mean.
enum ByteMutator {
    /// No mutated document is longer, so that no run needs more than a bounded memory; above every limit that the
    /// readers have for one reply.
    static let longest = 1 << 21

    /// Changes the bytes a few times.
    static func mutate(
        _ bytes: inout [UInt8],
        tokens: [String],
        splicing other: [UInt8],
        _ random: inout SeededGenerator
    ) {
        for _ in 0...random.below(4) { mutateOnce(&bytes, tokens, other, &random) }
        if bytes.count > longest { bytes.removeLast(bytes.count - longest) }
    }

    private static func mutateOnce(
        _ bytes: inout [UInt8],
        _ tokens: [String],
        _ other: [UInt8],
        _ random: inout SeededGenerator
    ) {
        let place = random.below(bytes.count + 1)
        let piece = place..<min(bytes.count, place + random.below(random.pick(4, 40, 400)))
        switch random.below(11) {
        case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.below(8))
        case 1 where place < bytes.count: bytes[place] = UInt8(random.below(256))
        case 2 where place < bytes.count: bytes.remove(at: place)
        case 3: bytes.insert(UInt8(random.below(256)), at: place)
        case 4: bytes.removeSubrange(piece)
        case 5: bytes.insert(contentsOf: Array(bytes[piece]), at: random.below(bytes.count + 1))
        case 6: bytes.removeLast(bytes.count - place)
        case 7:
            let from = random.below(other.count + 1)
            bytes.replaceSubrange(piece, with: other[from..<min(other.count, from + random.below(200))])
        case 8: bytes.insert(contentsOf: random.pick(from: illegal) ?? [], at: place)
        case 9 where random.chance(1): grow(&bytes, at: piece, &random)
        default: bytes.insert(contentsOf: Array((random.pick(from: tokens) ?? "").utf8), at: place)
        }
    }

    /// Repeats a piece until the whole is large.
    private static func grow(_ bytes: inout [UInt8], at piece: Range<Int>, _ random: inout SeededGenerator) {
        let part = piece.isEmpty ? [UInt8(ascii: "[")] : Array(bytes[piece])
        let size = random.pick(1 << 12, 1 << 16, 1 << 20, longest)
        let times = max(0, size - bytes.count) / part.count
        bytes.insert(contentsOf: repeatElement(part, count: times).joined(), at: piece.lowerBound)
    }

    /// What is no UTF-8: a lone continuation, overlong forms, a surrogate, beyond the last character, a cut sequence.
    private static let illegal: [[UInt8]] = [
        [0x80], [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82],
        [0xFF, 0xFE],
        [0x00], [0xEF, 0xBB, 0xBF],
    ]
}
