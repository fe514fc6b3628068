// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A whole HTTP reply as it goes over the wire, taken apart where it is to be spoiled.
package struct Reply: Sendable, Equatable {
    /// Status line and headers, without the empty line behind them.
    var head: [UInt8]
    var body: [UInt8]
    /// Whether the head is as it was recorded, but for the length of the body.
    private(set) var hasOwnHead = true

    /// Reads a recorded reply; nil when it has no end of the head.
    init?(recorded bytes: [UInt8]) {
        guard let end = bytes.firstRange(of: Self.endOfHead) else { return nil }
        head = Array(bytes[..<end.lowerBound])
        body = Array(bytes[end.upperBound...])
    }

    /// A reply made up for a case.
    init(status: String, headers: [(name: String, value: String)] = [], body: [UInt8]) {
        let lines = ["HTTP/1.1 \(status)"] + headers.map { "\($0.name): \($0.value)" } + ["Content-Length: 0"]
        head = Array(lines.joined(separator: "\r\n").utf8)
        self.body = body
    }

    /// The body, when it is no larger than the client reads of one notebook, or else nothing.
    var readableBody: [UInt8] { body.count <= 1 << 20 ? body : [] }

    private static let endOfHead = Array("\r\n\r\n".utf8)
    private static let lengthName = "content-length: "

    /// What goes over the wire: with the true length of the body, unless the head was spoiled.
    var bytes: [UInt8] {
        var head = head
        if hasOwnHead {
            let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").map { line in
                line.lowercased().hasPrefix(Self.lengthName) ? "Content-Length: \(body.count)" : String(line)
            }
            head = Array(lines.joined(separator: "\r\n").utf8)
        }
        return head + Self.endOfHead + body
    }

    /// The value of a header as it was recorded.
    func header(_ name: String) -> String? {
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
        let line = lines.first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
        return line.map { String($0.dropFirst(name.count + 1).drop { $0 == " " }) }
    }

    /// Spoils the head; the server has to close the connection behind such a reply.
    mutating func spoilHead(tokens: [String] = [], splicing other: Reply, _ random: inout SeededGenerator) {
        hasOwnHead = false
        if random.chance(40) {
            spoilLine(tokens, &random)
        } else {
            ByteMutator.mutate(&head, tokens: tokens + Self.tokens, splicing: other.head, &random)
        }
    }

    /// Spoils the value of one header, or the status.
    private mutating func spoilLine(_ tokens: [String], _ random: inout SeededGenerator) {
        var lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").map(String.init)
        guard !lines.isEmpty else { return }
        let index = random.below(lines.count)
        switch random.below(4) {
        case 0: lines.remove(at: index)
        case 1: lines.insert(lines[index], at: random.below(lines.count))
        case 2:
            lines[0] =
                "HTTP/1.1 \(random.pick(from: ["000", "001", "099"] + Self.statuses.map(String.init)) ?? "") Whatever"
        default:
            let name = lines[index].prefix { $0 != ":" }
            lines[index] = "\(name): \(random.pick(from: tokens + Self.tokens) ?? "")"
        }
        head = Array(lines.joined(separator: "\r\n").utf8)
    }

    private static let statuses = [
        100, 101, 199, 200, 201, 204, 206, 301, 302, 304, 307, 400, 401, 403, 404, 408, 409, 429, 500, 502, 503, 504,
        599, 999,
    ]

    private static let tokens = [
        "Transfer-Encoding: chunked\r\n", "Content-Length: 5\r\n", "Content-Length: -1\r\n", "\r\n", "\r\n\r\n", "\n",
        "Content-Length: 99999999999999999999\r\n", "Content-Encoding: gzip\r\n",
        "Retry-After: 99999999999999999999\r\n",
        "Retry-After: -1\r\n", "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n",
        "Date: Fri, 31 Dec 9999 23:59:59 GMT\r\n",
        "Date: Thu, 01 Jan 0000 00:00:00 GMT\r\n", "Date: Sat, 21 Nov 2026 03:15:30 GMT\r\n", "Connection: close\r\n",
        "Connection: upgrade\r\n", "HTTP/1.0 200 OK\r\n", "HTTP/9.9", "0", "99999999999999999999", ":", " ", "\u{0}",
        "é",
        "X-Subject-Token: other\r\n", "Set-Cookie: a=b; Max-Age=0\r\n", "Set-Cookie: =; Expires=never\r\n",
    ]
}
