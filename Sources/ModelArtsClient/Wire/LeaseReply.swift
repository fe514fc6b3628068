// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// Reads the API's lease object (ModelArts API reference, section 3.1).
enum LeaseReply {
    private enum Field {
        case createdAt
        case duration
        case isEnabled
        case kind
        case updatedAt
    }

    private static let keys: JSONKeys<Field> = JSONKeys([
        "create_at": .createdAt, "duration": .duration, "enable": .isEnabled, "type": .kind, "update_at": .updatedAt,
    ])

    /// Reads one lease at the reader's place; unreadable unless it tells whether it is enabled, since when and how long.
    ///
    /// A missing type is `timing`, as in the API's own examples.
    static func read(_ reader: inout JSONReader) throws(JSONSyntaxError) -> LeaseReading {
        guard try reader.enterObject() else { return .unreadable }
        var createdAt: Timestamp?
        var duration: Duration?
        var isEnabled: Bool?
        var kind: String?
        var updatedAt: Timestamp?
        while let key = try reader.nextKey() {
            switch keys[key] {
            case .createdAt: createdAt = try reader.timestamp()
            case .duration: duration = try reader.milliseconds()
            case .isEnabled: isEnabled = try reader.boolean()
            case .kind: kind = try reader.text()
            case .updatedAt: updatedAt = try reader.timestamp()
            case nil: try reader.skip()
            }
        }
        guard let createdAt, let duration, let isEnabled else { return .unreadable }
        return .known(
            Lease(
                isEnabled: isEnabled,
                kind: Lease.Kind(word: kind),
                createdAt: createdAt,
                duration: duration,
                updatedAt: updatedAt
            )
        )
    }
}

extension JSONReader {
    /// The last millisecond of the year 9999; what lies beyond is no instant of a notebook's life.
    private static let latest: Int64 = 253_402_300_799_999

    /// Reads milliseconds since 1970; nil when the value is something else or out of any sensible range.
    mutating func timestamp() throws(JSONSyntaxError) -> Timestamp? {
        guard let value = try integer(), (0...Self.latest).contains(value) else { return nil }
        return Timestamp(milliseconds: value)
    }

    /// Reads a span in milliseconds; nil when the value is something else.
    ///
    /// A negative one means "unlimited" to the API and is kept as it is; the range is cut where no sum can overflow.
    mutating func milliseconds() throws(JSONSyntaxError) -> Duration? {
        guard let value = try integer() else { return nil }
        return .milliseconds(min(max(value, -Self.latest), Self.latest))
    }
}
