// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Logging

/// One record of the journal: its fields in the form of the native protocol (systemd.journal-fields(7)).
struct JournalRecord: Sendable, Equatable {
    private(set) var fields: [Field] = []

    struct Field: Sendable, Equatable {
        let name: String
        let value: String
    }

    /// In bytes of UTF-8; journald takes more, but no record of ours needs it.
    static let longestValue = 16_384
    /// In characters; journald drops longer names.
    static let longestName = 64
    /// journald refuses records of more than 1024 fields.
    static let mostFields = 200

    /// The record of a log event with all its metadata.
    ///
    /// A key `a.b` becomes `CURFEW_A_B`. The key `message.id` becomes `MESSAGE_ID`, if its value is a 128-bit number in
    /// hexadecimal, which is what the journal's message catalog is looked up by.
    init(_ event: LogEvent, metadata: Logger.Metadata, identifier: String) {
        add("MESSAGE", event.message.description)
        add("PRIORITY", String(event.level.syslogPriority))
        add("SYSLOG_IDENTIFIER", identifier)
        add("CODE_FILE", event.file)
        add("CODE_LINE", String(event.line))
        add("CODE_FUNC", event.function)
        for (key, value) in FlatMetadata(metadata) {
            if key == "message.id", let id = JournalRecord.messageID(value) {
                add("MESSAGE_ID", id)
            } else {
                add(JournalRecord.fieldName(key), value)
            }
        }
    }

    /// The name of the field for a metadata key: `CURFEW_` and the key in capitals, digits and underscores.
    static func fieldName(_ key: String) -> String {
        let kept = key.utf8.map { byte -> Character in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): Character(UnicodeScalar(byte - 32))
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                Character(UnicodeScalar(byte))
            default: "_"
            }
        }
        return String("CURFEW_\(String(kept))".prefix(longestName))
    }

    private mutating func add(_ name: String, _ value: String) {
        guard fields.count < JournalRecord.mostFields else { return }
        fields.append(Field(name: name, value: value.cut(toBytes: JournalRecord.longestValue)))
    }

    /// The 32 digits of an identifier, with or without the hyphens of a UUID; nil for any other text.
    private static func messageID(_ text: String) -> String? {
        let digits = text.lowercased().filter { $0 != "-" }
        let isNumber = digits.utf8.count == 32 && digits.utf8.allSatisfy("0123456789abcdef".utf8.contains)
        return isNumber ? digits : nil
    }
}

extension Logger.Level {
    /// The level in syslog's numbers, which the journal uses (syslog(3)).
    var syslogPriority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}

extension String {
    /// The text itself, or its beginning with an ellipsis, at most so many bytes and never half a character.
    fileprivate func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var scalars = String.UnicodeScalarView()
        var bytes = 0
        for scalar in unicodeScalars {
            bytes += scalar.utf8.count
            guard bytes <= limit - 3 else { break }
            scalars.append(scalar)
        }
        return String(scalars) + "…"
    }
}
