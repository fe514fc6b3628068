// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Takes server-sent events out of a stream of bytes
/// (https://html.spec.whatwg.org/multipage/server-sent-events.html, "Parsing an event stream").
///
/// Lines that end in a line feed, with or without a carriage return before it, are understood: the daemon sends no
/// other. Only the data counts; names, ids and comments are skipped.
struct EventReader {
    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false

    /// The longest event, in bytes; far above a fleet of 100 000 notebooks, far below what a machine has.
    static let limit = 512 << 20

    /// Takes the next bytes; gives the data of the events that they complete.
    mutating func take(_ bytes: some Sequence<UInt8>) throws(ControlFailure) -> [[UInt8]] {
        var events: [[UInt8]] = []
        for piece in Self.pieces(of: Array(bytes)) {
            line += piece.bytes
            guard line.count + data.count <= Self.limit else {
                throw .garbled(why: "an event is longer than \(Self.limit >> 20) MB")
            }
            if piece.endsLine, let event = endLine() { events.append(event) }
        }
        return events
    }

    private static func pieces(of bytes: [UInt8]) -> [(bytes: ArraySlice<UInt8>, endsLine: Bool)] {
        var pieces: [(bytes: ArraySlice<UInt8>, endsLine: Bool)] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            pieces.append((rest[..<end], true))
            rest = rest[(end + 1)...]
        }
        if !rest.isEmpty { pieces.append((rest, false)) }
        return pieces
    }

    private mutating func endLine() -> [UInt8]? {
        defer { line.removeAll(keepingCapacity: true) }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        guard !line.isEmpty else { return endEvent() }
        let field = Array("data:".utf8)
        guard line.starts(with: field) else { return nil }
        var value = line.dropFirst(field.count)
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        if hasData { data.append(UInt8(ascii: "\n")) }
        data += value
        hasData = true
        return nil
    }

    private mutating func endEvent() -> [UInt8]? {
        guard hasData else { return nil }
        defer { (data, hasData) = ([], false) }
        return data
    }
}
