// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Reads single values and reports the ones that are none.
///
/// `name` is what messages call the value, usually its key.
struct ValueReader {
    let sink: DiagnosticSink

    /// The scalar that a node must be.
    func scalar(_ node: DocumentNode, _ name: String, _ wanted: String) -> DocumentNode.Scalar? {
        if case .scalar(let scalar) = node.content, !node.isNull { return scalar }
        let found = node.isNull ? "; it is empty" : ", not \(node.kind)"
        sink.error(node.place, "`\(name)` must be \(wanted)\(found)")
        return nil
    }

    /// A text in one line; numbers and words such as `no` are taken as they were written.
    func text(_ node: DocumentNode, _ name: String, mayBeEmpty: Bool = false) -> Written<String>? {
        guard let scalar = scalar(node, name, "a text") else { return nil }
        if scalar.text.isEmpty, !mayBeEmpty {
            sink.error(node.place, "`\(name)` must not be empty")
            return nil
        }
        if scalar.text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            sink.error(node.place, "`\(name)` must be one line of text without control characters")
            return nil
        }
        return Written(value: scalar.text, text: scalar.text, place: node.place)
    }

    /// `true` or `false`, nothing else.
    func flag(_ node: DocumentNode, _ name: String) -> Written<Bool>? {
        guard let scalar = scalar(node, name, "true or false") else { return nil }
        if scalar.isPlain, scalar.text == "true" || scalar.text == "false" {
            return Written(value: scalar.text == "true", text: scalar.text, place: node.place)
        }
        let meant: String? =
            switch scalar.text.lowercased() {
            case "true", "yes", "on", "y", "1": "true"
            case "false", "no", "off", "n", "0": "false"
            default: nil
            }
        let hint = meant.map { scalar.text == $0 ? "; write \($0) without quotes" : "; did you mean \($0)?" } ?? ""
        sink.error(node.place, "`\(name)` must be true or false, not \(Quoted.value(scalar.text))\(hint)")
        return nil
    }

    /// One of the words of an enumeration, whatever its case.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ node: DocumentNode,
        _ name: String,
        of type: Choice.Type
    ) -> Written<Choice>? where Choice.RawValue == String {
        let words = Choice.allCases.map(\.rawValue)
        let wanted = Quoted.alternatives(words)
        guard let scalar = scalar(node, name, wanted) else { return nil }
        if let choice = Choice.allCases.first(where: { $0.rawValue.lowercased() == scalar.text.lowercased() }) {
            return Written(value: choice, text: scalar.text, place: node.place)
        }
        let hint = Suggestion.clause(for: scalar.text, among: words)
        sink.error(node.place, "`\(name)` must be \(wanted), not \(Quoted.value(scalar.text))\(hint)")
        return nil
    }

    /// A time span within the limits.
    func duration(_ node: DocumentNode, _ name: String, _ limits: SpanLimits) -> Written<Duration>? {
        guard let scalar = scalar(node, name, "a duration such as 1h 30min") else { return nil }
        do {
            let duration = try DurationText.parse(scalar.text)
            if limits.range.contains(duration) {
                return Written(value: duration, text: scalar.text, place: node.place)
            }
            sink.error(node.place, "`\(name)` must be \(limits.text), not \(Quoted.plain(scalar.text))")
        } catch {
            sink.error(node.place, "`\(name)` is no duration: \(error)")
        }
        return nil
    }
}
