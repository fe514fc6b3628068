// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Logging
import Testing

@testable import SystemdSupport

@Suite struct StderrLogHandlerTests {
    /// What the handler writes for the events that `log` makes.
    private func lines(level: Logger.Level = .info, _ log: (inout Logger) -> Void) throws -> String {
        let pipe = Pipe()
        let output = LogLine.Output(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        var logger = Logger(label: "test") { _ in
            StderrLogHandler(logLevel: level, output: output) { "2026-11-21T08:00:00.000Z" }
        }
        log(&logger)
        try pipe.fileHandleForWriting.close()
        return String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    }

    @Test func `a line has the time, the level, the message and the metadata in order`() throws {
        let text = try lines { log in
            log[metadataKey: "notebook.id"] = "1111"
            log.notice("stopping", metadata: ["plan": ["action": "stop"], "a": "idle for 1h"])
        }
        #expect(
            text == "2026-11-21T08:00:00.000Z notice stopping a=\"idle for 1h\" notebook.id=1111 plan.action=stop\n"
        )
    }

    @Test func `no text can fake another line or paint the terminal`() throws {
        let text = try lines { log in
            log.error("one\ntwo\u{1B}[31m", metadata: ["k": "a\"b\\c\r\n\u{9B}", "empty": "", "eq": "a=b", "ü": "✓"])
        }
        #expect(
            text == "2026-11-21T08:00:00.000Z error one\\ntwo\\u{1b}[31m "
                + "empty=\"\" eq=\"a=b\" k=\"a\\\"b\\\\c\\r\\n\\u{9b}\" ü=✓\n"
        )
    }

    @Test func `levels below the handler's are not written`() throws {
        let text = try lines(level: .warning) { log in
            log.info("no")
            log.warning("yes")
        }
        #expect(text == "2026-11-21T08:00:00.000Z warning yes\n")
    }
}
