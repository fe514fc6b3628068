// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Logging
import Testing

@testable import SystemdSupport

@Suite struct JournalRecordTests {
    private func record(
        _ message: String = "m",
        level: Logger.Level = .notice,
        metadata: Logger.Metadata = [:],
        error: (any Error)? = nil
    ) -> JournalRecord {
        let event = LogEvent(
            level: level,
            message: "\(message)",
            error: error,
            metadata: metadata,
            source: nil,
            file: "Module/File.swift",
            function: "f()",
            line: 7
        )
        return JournalRecord(event, metadata: event.allMetadata(of: [:], provider: nil), identifier: "curfew")
    }

    private func values(_ name: String, in record: JournalRecord) -> [String] {
        record.fields.filter { $0.name == name }.map(\.value)
    }

    @Test(arguments: [
        (Logger.Level.trace, "7"), (.debug, "7"), (.info, "6"), (.notice, "5"), (.warning, "4"), (.error, "3"),
        (.critical, "2"),
    ])
    func `levels become priorities`(level: Logger.Level, priority: String) {
        #expect(values("PRIORITY", in: record(level: level)) == [priority])
    }

    @Test func `the place in the code is told`() {
        let names = record().fields.map(\.name)
        #expect(names == ["MESSAGE", "PRIORITY", "SYSLOG_IDENTIFIER", "CODE_FILE", "CODE_LINE", "CODE_FUNC"])
    }

    @Test(arguments: [
        ("notebook.id", "CURFEW_NOTEBOOK_ID"), ("HTTPStatus", "CURFEW_HTTPSTATUS"), ("a-b c", "CURFEW_A_B_C"),
        ("", "CURFEW_"), ("ä", "CURFEW___"), ("_x=y\n", "CURFEW__X_Y_"),
        (String(repeating: "x", count: 99), "CURFEW_" + String(repeating: "X", count: 57)),
    ])
    func `keys become names that journald accepts`(key: String, name: String) {
        #expect(JournalRecord.fieldName(key) == name)
    }

    @Test func `nested metadata is flattened, arrays repeat the field`() {
        let record = record(metadata: ["a": ["b": ["c": "1"]], "list": ["x", ["k": "y"]], "n": .stringConvertible(5)])
        #expect(values("CURFEW_A_B_C", in: record) == ["1"])
        #expect(values("CURFEW_LIST", in: record) == ["x"])
        #expect(values("CURFEW_LIST_K", in: record) == ["y"])
        #expect(values("CURFEW_N", in: record) == ["5"])
    }

    @Test func `a message id is a 128-bit number, anything else is an ordinary field`() {
        let id = "5F6BA2B4-0C0E-4D5F-9B1E-3A55C1F7D201"
        #expect(
            values("MESSAGE_ID", in: record(metadata: ["message.id": "\(id)"])) == ["5f6ba2b40c0e4d5f9b1e3a55c1f7d201"]
        )
        let other = record(metadata: ["message.id": "stopped"])
        #expect(values("MESSAGE_ID", in: other).isEmpty)
        #expect(values("CURFEW_MESSAGE_ID", in: other) == ["stopped"])
    }

    @Test func `values and their number are bounded, characters stay whole`() throws {
        let long = record(String(repeating: "€", count: 10_000))
        let message = try #require(values("MESSAGE", in: long).first)
        #expect(message.utf8.count <= 16_384 && message.utf8.count > 16_380)
        #expect(message.hasSuffix("€…"))
        let many = Logger.Metadata(uniqueKeysWithValues: (0..<2_000).map { ("k\($0)", "v") })
        #expect(record(metadata: many).fields.count == 200)
    }

    @Test func `metadata of the event wins over the provider's, and that over the handler's; an error is told`() {
        struct Broken: Error, CustomStringConvertible { let description = "it broke" }
        let event = LogEvent(
            level: .info,
            message: "m",
            error: Broken(),
            metadata: ["a": "event"],
            source: nil,
            file: "",
            function: "",
            line: 1
        )
        let provider = Logger.MetadataProvider { ["a": "provider", "b": "provider"] }
        let all = event.allMetadata(of: ["a": "handler", "b": "handler", "c": "handler"], provider: provider)
        #expect(all["a"] == "event" && all["b"] == "provider" && all["c"] == "handler")
        #expect(all["error.message"] == "it broke")
    }
}
