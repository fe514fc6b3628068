// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension Glob {
    /// What a pattern comes to where it is a plain one, as most are: `x`, `x*`, `*x`, `*x*`.
    ///
    /// Such a pattern is compared byte by byte: no character of UTF-8 begins inside another one, so bytes agree where
    /// characters do.
    struct Shape: Hashable, Sendable {
        let kind: Kind
        /// The `x` of the plain patterns; of any other what every text that fits begins with, which may be nothing.
        let literal: [UInt8]

        enum Kind: BitwiseCopyable, Hashable, Sendable {
            /// `x`
            case whole
            /// `x*`, also `*`
            case prefix
            /// `*x`
            case suffix
            /// `*x*`
            case infix
            /// `x` and then anything.
            case other
        }
    }
}

extension Glob.Shape {
    init(_ tokens: [Glob.Token]) {
        let head = Self.literal(tokens[...])
        let behindHead = tokens.dropFirst(head.tokens)
        if behindHead.isEmpty {
            self.init(kind: .whole, literal: head.bytes)
            return
        }
        if Array(behindHead) == [.anyRun] {
            self.init(kind: .prefix, literal: head.bytes)
            return
        }
        let inner = Self.literal(behindHead.dropFirst())
        let tail = behindHead.dropFirst(1 + inner.tokens)
        guard head.tokens == 0, behindHead.first == .anyRun, tail.isEmpty || Array(tail) == [.anyRun] else {
            self.init(kind: .other, literal: head.bytes)
            return
        }
        self.init(kind: tail.isEmpty ? .suffix : .infix, literal: inner.bytes)
    }

    /// The bytes of the literal tokens at the beginning, and how many tokens they are.
    private static func literal(_ tokens: ArraySlice<Glob.Token>) -> (bytes: [UInt8], tokens: Int) {
        var text = String.UnicodeScalarView()
        for token in tokens {
            guard case .literal(let scalar) = token else { break }
            text.append(scalar)
        }
        return (Array(String(text).utf8), text.count)
    }

    /// Whether the whole of `text` fits; nil where only a walk over the characters can tell.
    @inline(__always) func fits(_ text: Span<UInt8>) -> Bool? {
        guard kind.fits(text, literal.span, 0..<literal.count) else { return false }
        return kind == .other ? nil : true
    }
}

extension Glob.Shape.Kind {
    /// Whether `text` fits the pattern of this kind whose literal is those of `bytes`; for `other`, whether it begins so.
    @inline(__always) func fits(_ text: Span<UInt8>, _ bytes: Span<UInt8>, _ literal: Range<Int>) -> Bool {
        let room = text.count - literal.count
        guard room >= 0 else { return false }
        switch self {
        case .whole: return room == 0 && text.has(bytes, literal, at: 0)
        case .prefix, .other: return text.has(bytes, literal, at: 0)
        case .suffix: return text.has(bytes, literal, at: room)
        case .infix:
            for start in 0...room where text.has(bytes, literal, at: start) { return true }
            return false
        }
    }
}

extension Span<UInt8> {
    /// Whether those of `bytes` stand here at `start`, where they must have room.
    ///
    /// The last is compared first: names that begin alike (`train-17`, `train-18`) mostly end differently.
    @inline(__always) fileprivate func has(_ bytes: Span<UInt8>, _ literal: Range<Int>, at start: Int) -> Bool {
        var offset = literal.count
        while offset > 0 {
            offset -= 1
            guard self[start + offset] == bytes[literal.lowerBound + offset] else { return false }
        }
        return true
    }
}
