// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Which bytes occur in a text, as far as 64 bits can tell: a byte shares its bit with three others.
///
/// A text that lacks a byte of `x` cannot fit `*x*`, which is cheaper to see than to search for.
struct ByteSet: BitwiseCopyable, Sendable {
    /// Every byte there is.
    static let all = ByteSet(bits: .max)

    private let bits: UInt64

    @inline(__always) init(_ text: Span<UInt8>) {
        var bits: UInt64 = 0
        for index in text.indices { bits |= 1 << UInt64(text[index] & 63) }
        self.bits = bits
    }

    private init(bits: UInt64) { self.bits = bits }

    @inline(__always) func isSubset(of other: ByteSet) -> Bool { bits & ~other.bits == 0 }
}
