// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What the server sends back, and how.
package struct WireAnswer: Sendable, Equatable {
    /// The HTTP status.
    package var status: Int

    /// Headers beside `Content-Length`, which the server adds.
    package var headers: [Header]

    package var body: [UInt8]

    /// How the bytes leave; faults change it.
    package var delivery: Delivery = .whole

    /// One header of an answer.
    package struct Header: Sendable, Equatable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// How an answer reaches, or fails to reach, the client.
    package enum Delivery: Sendable, Equatable {
        /// As it should.
        case whole
        /// The head promises the whole body, then the connection closes after that many bytes.
        case truncated(afterBytes: Int)
        /// The connection closes without a byte.
        case connectionClosed
        /// The answer comes after that many real milliseconds.
        case delayed(milliseconds: Int)
        /// Nothing comes until the held answers are released.
        case held
    }

    package init(status: Int, headers: [Header] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// An answer with a JSON body.
    static func json(_ status: Int, capacity: Int = 256, _ content: (inout JSONWriter) -> Void) -> WireAnswer {
        var writer = JSONWriter(capacity: capacity)
        content(&writer)
        return WireAnswer(
            status: status,
            headers: [Header("Content-Type", "application/json;charset=UTF-8")],
            body: writer.bytes
        )
    }

    /// An answer with a text or HTML body.
    static func text(_ status: Int, _ text: String, type: String = "text/plain; charset=UTF-8") -> WireAnswer {
        WireAnswer(status: status, headers: [Header("Content-Type", type)], body: Array(text.utf8))
    }
}
