// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the keys of one mapping of the policy language.
///
/// Unknown keys are reported when it is made, wrong values when they are read. A reading method returns nil both for an
/// absent key and for a bad value; the bad value has been reported by then, so callers go on with their default.
struct MappingReader {
    let section: Section
    /// Where to say that something is missing: the mapping's first key, or the key that holds it.
    let place: Place
    let sink: DiagnosticSink
    /// The known keys in the order of the file.
    let entries: [DocumentNode.Entry]
    /// Known keys that unknown ones were probably meant to be; nobody is told that these are missing.
    private let meant: Set<String>

    /// Reads `node`, which stands where `section` belongs; nil, after an error, when it is no mapping.
    init?(_ node: DocumentNode, _ section: Section, _ sink: DiagnosticSink) {
        guard case .mapping(let entries) = node.content else {
            let example = section.keys.first.map { "`\($0): …`" } ?? "keys"
            sink.error(node.place, "\(section.title) must be a mapping with keys such as \(example), not \(node.kind)")
            return nil
        }
        self.init(entries, at: node.place, section, sink)
    }

    /// Reads an outcome or another part that may be left empty: `keepAlive: {}` and `keepAlive:` are the same.
    init?(optional entry: DocumentNode.Entry, _ section: Section, _ sink: DiagnosticSink) {
        if entry.value.isNull {
            self.init([], at: entry.keyPlace, section, sink)
        } else if case .mapping = entry.value.content {
            self.init(entry.value, section, sink)
        } else {
            var hint = "write `\(entry.key): {}` when nothing is to be set"
            if case .sequence(let items) = entry.value.content, !items.isEmpty {
                hint = "write its keys without dashes"
            }
            sink.error(entry.value.place, "\(section.title) must be a mapping, not \(entry.value.kind); \(hint)")
            return nil
        }
    }

    private init(_ entries: [DocumentNode.Entry], at place: Place, _ section: Section, _ sink: DiagnosticSink) {
        self.section = section
        self.place = place
        self.sink = sink
        self.entries = entries.filter { section.keys.contains($0.key) }
        let unknown = entries.filter { !section.keys.contains($0.key) }
        meant = Set(unknown.compactMap { Suggestion.nearest(to: $0.key, among: section.keys) })
        for entry in unknown { reportUnknown(entry) }
    }

    /// Whether the key was written at all, well or badly.
    func has(_ key: String) -> Bool { entry(key) != nil }

    func entry(_ key: String) -> DocumentNode.Entry? { entries.first { $0.key == key } }

    /// The entry of a key that must be there.
    func required(_ key: String) -> DocumentNode.Entry? {
        if let entry = entry(key) { return entry }
        reportMissing([key], "\(section.title) needs the key `\(key)`")
        return nil
    }

    /// Says that one of `keys` is missing, unless one was written and misspelt, which has been said already.
    func reportMissing(_ keys: [String], _ message: String) {
        if meant.isDisjoint(with: keys) { sink.error(place, message) }
    }

    private func reportUnknown(_ entry: DocumentNode.Entry) {
        let key = Quoted.key(entry.key)
        if entry.key == "<<" {
            sink.error(entry.keyPlace, "policies have no YAML merge keys; write the values where they are used")
        } else if let file = SecretKeys.credentialFile(for: entry.key) {
            let ofCloud = [.policy, .service, .credentials].contains(section)
            let remedy = ofCloud ? "put it into the credential file `\(file)`" : "secrets are credential files"
            sink.error(
                entry.keyPlace,
                "unknown key \(key) in \(section.title); a policy file holds no secret: \(remedy) (systemd "
                    + "`LoadCredential=`, or `--credentials-dir`)"
            )
        } else if case let parts = section.parts(taking: entry.key), !parts.isEmpty {
            let owners = Quoted.alternatives(parts)
            sink.error(entry.keyPlace, "unknown key \(key) in \(section.title); it belongs into \(owners)")
        } else if let meant = Suggestion.nearest(to: entry.key, among: section.keys) {
            sink.error(entry.keyPlace, "unknown key \(key) in \(section.title); did you mean `\(meant)`?")
        } else {
            let known = "it takes \(Quoted.alternatives(section.keys))"
            sink.error(entry.keyPlace, "unknown key \(key) in \(section.title); \(known)")
        }
    }
}

extension Section {
    /// The place as messages name it.
    var title: String {
        switch self {
        case .policy: "a policy"
        case .rule: "a rule"
        case .evidenceSource: "a source of evidence"
        case .calendar: "a calendar"
        case .evidenceUse: "an entry of `evidence`"
        case .price: "an entry of `perHour`"
        default: "`\(rawValue)`"
        }
    }
}
