// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

private import Yams

/// Reads YAML, and so JSON, into document nodes.
///
/// What the policy language leaves out of YAML is refused here: several documents, anchors and aliases, merge keys, tags,
/// keys that are not texts. Duplicate keys are reported with both places.
struct DocumentParser {
    private let text: String
    private let sink: DiagnosticSink

    init(text: String, sink: DiagnosticSink) {
        // The parser is told that the text is UTF-8, and then takes a byte order mark for content.
        self.text = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        self.sink = sink
    }

    /// The root of the file, or nil after an error that leaves nothing to read.
    func parse() -> DocumentNode? {
        if text.unicodeScalars.contains("\0") {
            sink.error(.start, "the file contains a NUL character, so it is no text; write it anew")
            return nil
        }
        if let disarmed = AnchorScan.disarmed(text), compose(disarmed, convert: { _, _ in true }) == nil { return nil }
        let root = compose(text) { node, repair in DocumentConverter(repair: repair, sink: sink).convert(node) }
        return root.flatMap { $0 }
    }

    /// Parses the text, past duplicate keys, and hands the tree over; nil after a syntax error, which is reported.
    private func compose<Result>(_ text: String, convert: (Node, KeyRepair) -> Result) -> Result? {
        var repair = KeyRepair(text: text)
        while true {
            do {
                // The parser must outlive its nodes: they refer to its anchors weakly.
                let parser = try Parser(yaml: repair.text, resolver: .basic, constructor: .default, encoding: .utf8)
                guard let root = try parser.singleRoot() else {
                    sink.error(.start, "the file is empty; a policy has at least `version: 1`, `service` and `rules`")
                    return nil
                }
                return withExtendedLifetime(parser) { convert(root, repair) }
            } catch {
                switch SyntaxError(error, in: text) {
                case .duplicateKey(let place, let key):
                    if repair.repair(key, at: place) { continue }
                    sink.error(place, "the key \(Quoted.key(key)) is there more than once")
                case .malformed(let place, let message):
                    sink.error(place, message)
                }
                return nil
            }
        }
    }
}
