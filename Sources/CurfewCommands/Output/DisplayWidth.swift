// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// How many columns of a terminal texts take, by the East Asian Width of their characters (Unicode, UAX #11).
///
/// Characters of ambiguous width count as narrow, as terminals outside East Asian locales show them.
enum DisplayWidth {
    static func of(_ text: some StringProtocol) -> Int {
        // Most texts are names in ASCII.
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text.utf8.count }
        return text.reduce(0) { $0 + of($1) }
    }

    /// The width of what people see as one character, whatever it is made of: 0, 1 or 2.
    static func of(_ character: Character) -> Int {
        var widest = 0
        for scalar in character.unicodeScalars {
            // An emoji that is shown as text without this selector.
            if scalar == "\u{FE0F}", widest > 0 { return 2 }
            widest = max(widest, of(scalar))
        }
        return widest
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x20..<0x7F: return 1
        // The vowels and final consonants of Hangul syllables stand within the block that their first consonant opened.
        case 0x1160...0x11FF: return 0
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
        default: return isWide(scalar) ? 2 : 1
        }
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value >= 0x1100 else { return false }
        return scalar.properties.isEmojiPresentation || blocks.contains { $0.contains(scalar.value) }
    }

    /// The blocks of wide and fullwidth characters, without emoji (EastAsianWidth.txt of Unicode 14).
    private static let blocks: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
        0x16FE0...0x18D08, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
    ]
}

extension String {
    /// The text cut to that many columns, with `mark` in the place of what is left out.
    func cut(toWidth limit: Int, mark: String) -> String {
        guard DisplayWidth.of(self) > limit else { return self }
        let room = limit - DisplayWidth.of(mark)
        guard room > 0 else { return String(mark.prefix(max(0, limit))) }
        return prefix(ofWidth: room) + mark
    }

    /// The text in lines of at most that many columns, broken between words where that is possible.
    func wrapped(toWidth limit: Int) -> [String] {
        guard limit > 0, DisplayWidth.of(self) > limit else { return [self] }
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ") {
            let longer = line.isEmpty ? String(word) : "\(line) \(word)"
            if DisplayWidth.of(longer) <= limit {
                line = longer
                continue
            }
            if !line.isEmpty { lines.append(line) }
            line = String(word)
            while DisplayWidth.of(line) > limit {
                let part = line.prefix(ofWidth: limit)
                // Not even one character fits: better too wide than lost.
                let taken = part.isEmpty ? String(line.prefix(1)) : part
                lines.append(taken)
                line.removeFirst(taken.count)
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }

    private func prefix(ofWidth limit: Int) -> String {
        var width = 0
        return String(
            prefix {
                width += DisplayWidth.of($0)
                return width <= limit
            }
        )
    }
}
