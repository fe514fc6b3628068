// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// One property of a calendar file, such as `DTSTART;VALUE=DATE:20261225`, with its folded lines put together.
struct ContentLine {
    /// In upper case.
    let name: String
    /// By their names in upper case; of several values of one parameter the text as it is written.
    let parameters: [String: String]
    let value: String
    let place: Place
    let valuePlace: Place
}

/// Splits the bytes of a calendar file into its content lines (RFC 5545, 3.1).
///
/// Lines end with CRLF or LF. They are put together as bytes, because a fold may stand in the middle of a character.
struct ContentLineReader {
    private(set) var lines: [ContentLine] = []

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// A line while it is put together: its bytes, and which of them come from which line of the file.
    private struct Unfolded {
        var bytes: [UInt8] = []
        var parts: [(offset: Int, line: Int, column: Int)] = []

        func place(at offset: Int) -> Place {
            let part = parts.last { $0.offset <= offset } ?? (0, 1, 1)
            // A continuation byte of UTF-8 is no column of its own.
            let columns = bytes[part.offset..<offset].count { $0 & 0xC0 != 0x80 }
            return Place(line: part.line, column: part.column + columns)
        }
    }

    init(_ bytes: [UInt8]) throws(ICalendarProblem) {
        var current = Unfolded()
        let content = bytes.starts(with: Self.byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
        for (index, line) in content.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            let text = line.last == 0x0D ? line.dropLast() : line
            let isFolded = text.first == 0x20 || text.first == 0x09
            if isFolded, index > 0 {
                current.parts.append((current.bytes.count, index + 1, 2))
                current.bytes += text.dropFirst()
            } else {
                try finish(current)
                current = Unfolded(bytes: Array(text), parts: [(0, index + 1, 1)])
            }
        }
        try finish(current)
    }

    private mutating func finish(_ line: Unfolded) throws(ICalendarProblem) {
        guard !line.bytes.isEmpty else { return }
        let place = line.place(at: 0)
        guard let text = String(validating: line.bytes, as: UTF8.self) else {
            throw ICalendarProblem(place, "this line is not UTF-8 text; export the calendar in that encoding")
        }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control && $0 != "\t" }) else {
            throw ICalendarProblem(place, "this line contains a control character, so the file is no calendar")
        }
        guard let (head, value) = Self.split(text), let name = head.first, Self.isName(name) else {
            throw ICalendarProblem(place, "this line is no property: it has no name before a colon")
        }
        var parameters: [String: String] = [:]
        for parameter in head.dropFirst() {
            let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw ICalendarProblem(place, "a parameter of this property has no `=`") }
            let isQuoted = parts[1].count >= 2 && parts[1].first == "\"" && parts[1].last == "\""
            parameters[parts[0].uppercased()] = String(isQuoted ? parts[1].dropFirst().dropLast() : parts[1])
        }
        let valuePlace = line.place(at: line.bytes.count - value.utf8.count)
        lines.append(
            ContentLine(
                name: name.uppercased(),
                parameters: parameters,
                value: String(value),
                place: place,
                valuePlace: valuePlace
            )
        )
    }

    /// The name and its parameters, and the value behind the first colon that stands outside quotes.
    private static func split(_ text: String) -> (head: [Substring], value: Substring)? {
        var head: [Substring] = []
        var isQuoted = false
        var start = text.startIndex
        for index in text.indices {
            switch text[index] {
            case "\"": isQuoted.toggle()
            case ";" where !isQuoted, ":" where !isQuoted:
                head.append(text[start..<index])
                start = text.index(after: index)
                if text[index] == ":" { return (head, text[start...]) }
            default: break
            }
        }
        return nil
    }

    private static func isName(_ text: Substring) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
    }
}
