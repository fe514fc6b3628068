// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Finds what somebody probably meant to write.
enum Suggestion {
    /// Words longer than this are no misspelt keys, and comparing them is not worth the time.
    private static let longest = 64

    /// The candidate nearest to `word`, when it is near enough to be meant: about one mistake per three characters.
    static func nearest(to word: String, among candidates: [String]) -> String? {
        guard !word.isEmpty, word.unicodeScalars.count <= longest else { return nil }
        var best: (distance: Int, candidate: String)?
        for candidate in candidates {
            let distance = distance(word.lowercased(), candidate.lowercased())
            let length = min(word.count, candidate.count)
            let limit = length < 2 ? 0 : max(1, length / 3)
            if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
        }
        return best?.candidate
    }

    /// ` (did you mean …?)`, or nothing.
    static func clause(for word: String, among candidates: [String], quote: (String) -> String = Quoted.key) -> String {
        nearest(to: word, among: candidates).map { "; did you mean \(quote($0))?" } ?? ""
    }

    /// The Damerau-Levenshtein distance in its restricted form: insertions, deletions, substitutions, and swaps of
    /// neighbours.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.unicodeScalars)
        let right = Array(right.unicodeScalars)
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (row, leftScalar) in left.enumerated() {
            var current = [row + 1]
            for (column, rightScalar) in right.enumerated() {
                let substitution = last[column] + (leftScalar == rightScalar ? 0 : 1)
                var best = min(substitution, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, leftScalar == right[column - 1], left[row - 1] == rightScalar {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
