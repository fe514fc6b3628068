// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import Yams

/// Turns the parser's tree into document nodes and reports what the policy language leaves out of YAML.
final class DocumentConverter {
    /// A policy of a thousand rules has about a tenth of it.
    private static let mostNodes = 50_000
    /// The language itself nests eight deep, plus `not`; the bound keeps every later step off the stack's end.
    private static let deepest = 64

    private let repair: KeyRepair
    private let sink: DiagnosticSink
    private var count = 0
    private var isTooLarge = false

    init(repair: KeyRepair, sink: DiagnosticSink) {
        self.repair = repair
        self.sink = sink
    }

    /// The tree from `root` down, or nil when it is too large to be a policy.
    func convert(_ root: Node) -> DocumentNode? {
        let node = convert(root, at: Place(root.mark), depth: 0)
        return isTooLarge ? nil : node
    }

    private func convert(_ node: Node, at place: Place, depth: Int) -> DocumentNode? {
        guard isInBounds(place, depth: depth) else { return nil }
        if node.anchor != nil { refuseAnchor(at: place) }
        switch node {
        case .scalar(let scalar):
            refuseTag(scalar.tag, at: place, unless: .str)
            let isPlain = scalar.style == .plain && scalar.tag.rawValue.isEmpty
            return DocumentNode(place: place, content: .scalar(.init(text: scalar.string, isPlain: isPlain)))
        case .sequence(let sequence):
            refuseTag(sequence.tag, at: place)
            let items = sequence.compactMap { convert($0, at: Place($0.mark), depth: depth + 1) }
            return DocumentNode(place: place, content: .sequence(items))
        case .mapping(let mapping):
            refuseTag(mapping.tag, at: place)
            return DocumentNode(place: place, content: .mapping(entries(mapping, depth: depth)))
        case .alias:
            sink.error(place, "policies have no YAML aliases; write the value where it is used")
            return nil
        }
    }

    private func entries(_ mapping: Node.Mapping, depth: Int) -> [DocumentNode.Entry] {
        var places: [String: Place] = [:]
        var entries: [DocumentNode.Entry] = []
        for (keyNode, valueNode) in mapping {
            let keyPlace = Place(keyNode.mark)
            guard case .scalar(let scalar) = keyNode else {
                sink.error(keyPlace, "a key must be a single text, not a list or a mapping")
                continue
            }
            refuseTag(scalar.tag, at: keyPlace, unless: .str)
            if scalar.anchor != nil { refuseAnchor(at: keyPlace) }
            let key = repair.original(scalar.string, at: keyPlace)
            if let first = places[key] {
                let again = "the key \(Quoted.key(key)) is there more than once, first at \(first.line):\(first.column)"
                sink.error(keyPlace, again)
                continue
            }
            places[key] = keyPlace
            // An absent value has a mark of its own behind the colon, or on a later line; the key is what people see.
            let isAbsent = valueNode.scalar.map { $0.style == .plain && $0.string.isEmpty } ?? false
            let place = isAbsent ? keyPlace : Place(valueNode.mark)
            guard let value = convert(valueNode, at: place, depth: depth + 1) else { continue }
            entries.append(.init(key: key, keyPlace: keyPlace, value: value))
        }
        return entries
    }

    private func isInBounds(_ place: Place, depth: Int) -> Bool {
        count += 1
        if !isTooLarge, count > Self.mostNodes || depth > Self.deepest {
            isTooLarge = true
            let what = depth > Self.deepest ? "is nested deeper than \(Self.deepest) levels" : "has too many values"
            sink.error(place, "the file \(what); no policy needs that")
        }
        return !isTooLarge
    }

    private func refuseAnchor(at place: Place) {
        sink.error(place, "policies have no YAML anchors; write the value where it is used")
    }

    /// An explicit tag of the kind that the node has anyway is harmless, and what the parser gives quoted scalars.
    private func refuseTag(_ tag: Tag, at place: Place, unless harmless: Tag.Name? = nil) {
        let name = tag.rawValue
        guard !name.isEmpty, name != Tag.Name.nonSpecific.rawValue, name != harmless?.rawValue else { return }
        sink.error(place, "policies have no YAML tags such as \(Quoted.plain(name)); remove it")
    }
}
