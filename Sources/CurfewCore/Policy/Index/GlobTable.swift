// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// All globs that the rules of a block hold against one field, to be held against a text at once.
///
/// They stand in flat arrays without references, those that begin with a literal sorted by its first byte, so that a
/// text is compared with few of them.
struct GlobTable: Sendable {
    /// Whose globs fit a text.
    struct Hits {
        /// Rules that want the field to fit.
        var wanted = RuleSet.none
        /// Rules that want it not to.
        var unwanted = RuleSet.none
    }

    private struct Entry {
        var kind: Glob.Shape.Kind
        /// Whose place in `globs` it is.
        var glob: Int
        /// The bytes that a text must have to fit.
        var needed: ByteSet
        /// Where its literal stands in `bytes`.
        var literal: Range<Int>
        var hits: Hits
    }

    private let globs: [Glob]
    private let bytes: [UInt8]
    private let entries: [Entry]
    /// The entries whose literal is their beginning, from where on by its first byte; the others follow.
    private let heads: [Int]

    /// A table of the globs of some conditions, each with the rule it belongs to, and whether that wants them to fit.
    init(_ conditions: [(place: Int, globs: [Glob], isWanted: Bool)]) {
        let sorted = Self.hits(conditions).sorted { $0.glob.head < $1.glob.head }
        var bytes: [UInt8] = []
        var heads = Array(repeating: 0, count: 257)
        entries = sorted.enumerated().map { index, item in
            let shape = item.glob.shape
            let literal = bytes.count..<bytes.count + shape.literal.count
            bytes += shape.literal
            for byte in item.glob.head..<256 { heads[byte + 1] += 1 }
            return Entry(
                kind: shape.kind,
                glob: index,
                needed: ByteSet(item.glob.needed.span),
                literal: literal,
                hits: item.hits
            )
        }
        globs = sorted.map(\.glob)
        self.bytes = bytes
        self.heads = heads
    }

    /// Each glob once, in the order in which they stand in the rules.
    private static func hits(_ conditions: [(place: Int, globs: [Glob], isWanted: Bool)]) -> [(glob: Glob, hits: Hits)]
    {
        var hits: [(glob: Glob, hits: Hits)] = []
        var known: [Glob: Int] = [:]
        for condition in conditions {
            for glob in condition.globs {
                let index = known[glob] ?? hits.count
                if known.updateValue(index, forKey: glob) == nil { hits.append((glob, Hits())) }
                if condition.isWanted {
                    hits[index].hits.wanted.insert(condition.place)
                } else {
                    hits[index].hits.unwanted.insert(condition.place)
                }
            }
        }
        return hits
    }

    /// Adds the rules whose globs fit `text`.
    func find(_ text: String, _ found: inout Hits) {
        let span = text.utf8Span.span
        if !span.isEmpty {
            let head = Int(span[0])
            let places = heads[head]..<heads[head + 1]
            if !places.isEmpty { find(places, span, .all, text, &found) }
        }
        let others = heads[256]..<entries.count
        if !others.isEmpty { find(others, span, ByteSet(span), text, &found) }
    }

    @inline(__always)
    private func find(
        _ places: Range<Int>,
        _ span: Span<UInt8>,
        _ present: ByteSet,
        _ text: String,
        _ found: inout Hits
    ) {
        let (entries, bytes) = (entries.span, bytes.span)
        for place in places where entries[place].needed.isSubset(of: present) {
            let kind = entries[place].kind
            guard kind.fits(span, bytes, entries[place].literal) else { continue }
            guard kind != .other || globs[entries[place].glob].matches(text) else { continue }
            found.wanted.formUnion(entries[place].hits.wanted)
            found.unwanted.formUnion(entries[place].hits.unwanted)
        }
    }
}

extension Glob {
    /// The bytes that every text has which fits.
    fileprivate var needed: [UInt8] {
        var text = String.UnicodeScalarView()
        for case .literal(let scalar) in tokens { text.append(scalar) }
        return Array(String(text).utf8)
    }

    /// The first byte of every text that fits; 256 where there is none.
    fileprivate var head: Int {
        switch shape.kind {
        case .whole, .prefix, .other: shape.literal.first.map(Int.init) ?? 256
        case .suffix, .infix: 256
        }
    }
}
