// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ControlClient

struct EventReaderTests {
    private static let stream =
        "event: status\ndata: {\"a\":1}\n\n: still here\n\nid: 3\ndata:first\r\ndata: second\r\n\r\ndata: cut off"
    private static let events = [#"{"a":1}"#, "first\nsecond"]

    @Test(arguments: 1...12)
    func `events are the same, however the bytes are cut`(_ size: Int) throws {
        var reader = EventReader()
        var events: [String] = []
        var rest = Array(Self.stream.utf8)[...]
        while !rest.isEmpty {
            events += try reader.take(rest.prefix(size)).map { String(decoding: $0, as: UTF8.self) }
            rest = rest.dropFirst(size)
        }
        #expect(events == Self.events)
    }
}
