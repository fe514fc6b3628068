// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Makes a duplicate key unique, so that the parser, which gives up at the first one, gets through the file.
///
/// One scalar of the key is replaced by one of a private use area, which moves no other place; the key is restored when
/// the tree is converted, where every duplicate is reported with its place.
struct KeyRepair {
    /// The text with the repairs in it.
    private(set) var text: String
    /// The first scalar that each repaired key had, by the key's place.
    private(set) var originals: [Place: Unicode.Scalar] = [:]

    /// More duplicates than this are not worth another pass over the file.
    private static let most = 64
    /// Nor is it worth parsing more than this anew, so that large files full of duplicates end soon, too.
    private static let mostBytes = 4_194_304
    private static let firstStandIn: UInt32 = 0xE000

    init(text: String) {
        self.text = text
    }

    /// Replaces the first scalar of the key at `place`; false when that cannot be done without changing anything else.
    mutating func repair(_ key: String, at place: Place) -> Bool {
        guard
            originals.count < Self.most, originals.count * text.utf8.count <= Self.mostBytes,
            let first = key.unicodeScalars.first, originals[place] == nil,
            let standIn = Unicode.Scalar(Self.firstStandIn + UInt32(originals.count))
        else { return false }
        var scalars = text.unicodeScalars
        guard var index = Self.index(of: place, in: scalars) else { return false }
        if scalars[index] == "\"" || scalars[index] == "'" { index = scalars.index(after: index) }
        guard index < scalars.endIndex, scalars[index] == first, first != "'", first != "\"" else { return false }
        scalars.replaceSubrange(index...index, with: CollectionOfOne(standIn))
        text = String(scalars)
        originals[place] = first
        return true
    }

    /// The key as it was written at `place`.
    func original(_ key: String, at place: Place) -> String {
        guard let first = originals[place] else { return key }
        var scalars = String.UnicodeScalarView([first])
        scalars.append(contentsOf: key.unicodeScalars.dropFirst())
        return String(scalars)
    }

    private static func index(of place: Place, in scalars: String.UnicodeScalarView) -> String.Index? {
        var index = scalars.startIndex
        var line = 1
        while line < place.line {
            guard index < scalars.endIndex else { return nil }
            let scalar = scalars[index]
            index = scalars.index(after: index)
            if scalar == "\r", index < scalars.endIndex, scalars[index] == "\n" { continue }
            if ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar) { line += 1 }
        }
        return scalars.index(index, offsetBy: place.column - 1, limitedBy: scalars.endIndex).flatMap {
            $0 < scalars.endIndex ? $0 : nil
        }
    }
}
