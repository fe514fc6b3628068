// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Glibc
import Logging

/// One log event as one line of text: `TIME LEVEL MESSAGE key=value …`.
struct LogLine: Sendable, Equatable {
    /// Ends in a line feed, and has no other.
    let text: String

    init(_ event: LogEvent, metadata: Logger.Metadata, time: String) {
        var words = [time, event.level.rawValue, LogLine.escaped(event.message.description)]
        for (key, value) in FlatMetadata(metadata) { words.append("\(key)=\(LogLine.quoted(value))") }
        text = words.joined(separator: " ") + "\n"
    }

    /// An open file to write lines to.
    struct Output: Sendable {
        let descriptor: CInt
        static let standardError = Output(descriptor: STDERR_FILENO)
    }

    /// Writes the line by one system call, so that lines of several threads and processes do not mix.
    ///
    /// Only what the kernel left over is written by another call. A line that cannot be written is dropped: there is
    /// nowhere to say so.
    func write(to output: Output) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes {
                unsafe Glibc.write(output.descriptor, $0.baseAddress, $0.count)
            }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }

    /// The value as it is, or in quotation marks where a reader could not see its end.
    private static func quoted(_ value: String) -> String {
        let isPlain =
            !value.isEmpty
            && value.unicodeScalars.allSatisfy { $0.value > 0x20 && !"\"=\\\u{7F}".unicodeScalars.contains($0) }
        return isPlain ? value : "\"\(escaped(value, quotes: true))\""
    }

    /// The text without control characters: a line feed would fake a second line, an escape would paint the terminal.
    private static func escaped(_ text: String, quotes: Bool = false) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\"" where quotes: result += "\\\""
            case "\\" where quotes: result += "\\\\"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
