// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A pattern in the manner of `fnmatch(3)`: `*`, `?`, `[a-z]`, `[!a-z]`, and `\` before a character to be taken as it is.
///
/// Matching is case-sensitive, covers the whole text, and takes time linear in the text for patterns without `*` and at
/// worst the product of both lengths otherwise, so a hostile notebook name cannot stall the daemon.
package struct Glob: Hashable, Sendable {
    /// The pattern as it was written.
    package let pattern: String
    /// What it consists of, for proofs about what it matches; never two `anyRun` in a row.
    package let tokens: [Token]
    /// Whether it is one of the plain patterns that need no walk over the characters.
    let shape: Shape

    /// A part of a pattern.
    package enum Token: Hashable, Sendable {
        /// The character itself.
        case literal(Unicode.Scalar)
        /// `?`, any one character.
        case anyScalar
        /// `*`, any text.
        case anyRun
        /// One character inside these ranges, or outside all of them.
        case set([ClosedRange<Unicode.Scalar>], negated: Bool)

        /// Whether it stands for exactly this one character.
        package func matches(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .literal(let wanted): scalar == wanted
            case .anyScalar: true
            case .anyRun: false
            case .set(let ranges, let negated): ranges.contains { $0.contains(scalar) } != negated
            }
        }
    }

    /// Why a pattern is not one.
    package enum Malformed: Error, Equatable {
        case unclosedSet
        case emptySet
        case backwardRange
        case danglingEscape
    }

    /// Reads a pattern; throws what is wrong with it.
    package init(_ pattern: String) throws(Malformed) {
        self.pattern = pattern
        var tokens: [Token] = []
        var rest = Substring(pattern).unicodeScalars
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*": if tokens.last != .anyRun { tokens.append(.anyRun) }
            case "?": tokens.append(.anyScalar)
            case "[": tokens.append(try Self.set(&rest))
            case "\\":
                guard let escaped = rest.popFirst() else { throw .danglingEscape }
                tokens.append(.literal(escaped))
            default: tokens.append(.literal(scalar))
            }
        }
        self.tokens = tokens
        shape = Shape(tokens)
    }

    private static func set(_ rest: inout Substring.UnicodeScalarView) throws(Malformed) -> Token {
        let negated = rest.first == "!" || rest.first == "^"
        if negated { rest.removeFirst() }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        var isFirst = true
        while let low = rest.popFirst() {
            if low == "]", !isFirst { return .set(ranges, negated: negated) }
            isFirst = false
            var high = low
            if rest.first == "-", let end = rest.dropFirst().first, end != "]" {
                rest.removeFirst(2)
                high = end
            }
            guard low <= high else { throw .backwardRange }
            ranges.append(low...high)
        }
        throw ranges.isEmpty ? .emptySet : .unclosedSet
    }

    /// Whether the whole of `text` fits the pattern.
    package func matches(_ text: String) -> Bool {
        shape.fits(text.utf8Span.span) ?? walks(text)
    }

    /// As `matches`, character by character.
    private func walks(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        var position = scalars.startIndex
        var token = 0
        var retry: (token: Int, position: String.UnicodeScalarView.Index)?
        while position < scalars.endIndex {
            if token < tokens.count, tokens[token] == .anyRun {
                retry = (token + 1, position)
                token += 1
            } else if token < tokens.count, tokens[token].matches(scalars[position]) {
                token += 1
                position = scalars.index(after: position)
            } else if let (retryToken, retryPosition) = retry {
                token = retryToken
                position = scalars.index(after: retryPosition)
                retry = (retryToken, position)
            } else {
                return false
            }
        }
        while token < tokens.count, tokens[token] == .anyRun { token += 1 }
        return token == tokens.count
    }
}
