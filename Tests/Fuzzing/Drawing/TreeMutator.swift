// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Spoils JSON without spoiling its form: types, numbers, texts, depth, repeated and missing keys.
struct TreeMutator {
    /// Where strange subtrees come from.
    let donors: [JSONTree]

    /// Changes the document a few times.
    func mutate(_ tree: JSONTree, _ random: inout SeededGenerator) -> JSONTree {
        var tree = tree
        for _ in 0...random.below(3) {
            var place = random.below(tree.size)
            tree = change(tree, at: &place, &random)
        }
        return tree
    }

    /// Changes the value that stands at a place, counted in the order of writing.
    private func change(_ tree: JSONTree, at place: inout Int, _ random: inout SeededGenerator) -> JSONTree {
        if place == 0 {
            place = -1
            return changed(tree, &random)
        }
        place -= 1
        switch tree {
        case .array(var elements):
            for index in elements.indices {
                guard place >= 0 else { break }
                elements[index] = change(elements[index], at: &place, &random)
            }
            return .array(elements)
        case .object(var members):
            for index in members.indices {
                guard place >= 0 else { break }
                members[index].value = change(members[index].value, at: &place, &random)
            }
            return .object(members)
        default: return tree
        }
    }

    private func changed(_ tree: JSONTree, _ random: inout SeededGenerator) -> JSONTree {
        switch (tree, random.below(6)) {
        case (.object(let members), 0...3): return .object(changed(members, &random))
        case (.array(let elements), 0...3): return .array(changed(elements, &random))
        case (.number(let text), 0...2): return .number(changed(number: text, &random))
        case (.text(let text), 0...2): return .text(changed(text: text ?? "", &random))
        case (_, 4): return wrapped(tree, &random)
        default: return strange(&random)
        }
    }

    private func changed(_ members: [JSONTree.Member], _ random: inout SeededGenerator) -> [JSONTree.Member] {
        var members = members
        guard !members.isEmpty else { return [JSONTree.Member(key: "id", value: strange(&random))] }
        let (index, other) = (random.below(members.count), random.below(members.count))
        switch random.below(6) {
        case 0: members.remove(at: index)
        case 1: members.insert(members[index], at: other)
        case 2: members.insert(JSONTree.Member(key: members[index].key, value: strange(&random)), at: other)
        case 3: (members[index].value, members[other].value) = (members[other].value, members[index].value)
        case 4: members[index].key = changed(text: members[index].key ?? "", &random)
        default: members.shuffle(using: &random)
        }
        return members
    }

    private func changed(_ elements: [JSONTree], _ random: inout SeededGenerator) -> [JSONTree] {
        var elements = elements
        guard !elements.isEmpty else { return [strange(&random)] }
        let (index, other) = (random.below(elements.count), random.below(elements.count))
        switch random.below(4) {
        case 0: elements.remove(at: index)
        case 1: elements.insert(elements[index], at: other)
        case 2: elements.insert(strange(&random), at: other)
        default: elements.swapAt(index, other)
        }
        return elements
    }

    private func changed(number: String, _ random: inout SeededGenerator) -> String {
        if let value = Int64(number), random.chance(50) {
            return "\(value &+ (random.pick(1, -1, 1_000, 86_400_000, .max, .min / 3)))"
        }
        return random.pick(
            "0",
            "-0",
            "-1",
            "1",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "253402300799999",
            "253402300800000",
            "18446744073709551616",
            String(repeating: "9", count: 400),
            "1e9",
            "1E400",
            "-1e-400",
            "0.5",
            "1.0",
            number + ".0",
            number + "e0"
        )
    }

    private func changed(text: String, _ random: inout SeededGenerator) -> String? {
        var scalars = Array(text.unicodeScalars)
        switch random.below(8) {
        case 0: return nil
        case 1: return random.pick(from: Self.texts)
        case 2: return random.chance(50) ? text.uppercased() : text.lowercased()
        case 3: return text + (random.pick(from: Self.texts) ?? "")
        case 4: return String(text.prefix(random.below(text.count + 1)))
        case 5:
            let size = random.pick(16, 17, 129, 5_000)
            return String(repeating: text.isEmpty ? "x" : text, count: size / max(1, text.count) + 1)
        case 6 where !scalars.isEmpty:
            scalars[random.below(scalars.count)] = random.pick(
                "9",
                "0",
                "-",
                ":",
                "Z",
                " ",
                "\u{0}",
                "\u{1B}",
                "\n",
                "é",
                "\u{301}",
                "🎉"
            )
        default: scalars.shuffle(using: &random)
        }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return String(result)
    }

    private func wrapped(_ tree: JSONTree, _ random: inout SeededGenerator) -> JSONTree {
        var tree = tree
        for _ in 0..<random.pick(1, 1, 2, 5, 60, 70, 600) {
            tree = random.chance(50) ? .array([tree]) : .object([JSONTree.Member(key: "a", value: tree)])
        }
        return tree
    }

    private func strange(_ random: inout SeededGenerator) -> JSONTree {
        switch random.below(9) {
        case 0: return .null
        case 1: return .boolean(random.chance(50))
        case 2, 3: return .number(changed(number: "0", &random))
        case 4, 5: return .text(random.pick(from: Self.texts))
        case 6: return .array([])
        case 7: return .object([])
        default:
            guard let donor = random.pick(from: donors) else { return .null }
            return donor.subtree(at: random.below(donor.size))
        }
    }

    /// What has a meaning somewhere, or none anywhere.
    private static let texts = [
        "", " ", "null", "true", "false", "0", "RUNNING", "running", "STOPPED", "busy", "idle", "starting", "dead",
        "2026-11-21T08:00:00Z", "2026-11-21T09:00:00+01:00", "2026-11-21T08:00:00", "2099-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z", "9999-12-31T23:59:60.999999Z", "1969-12-31T23:59:59Z", "2026-02-30T00:00:00Z",
        "2026-11-21", "tomorrow", "TIMING", "IDLE", "keep-alive", "keep-alive=true", "../..", ".", "a/b?c#d", "%2e%2e",
        "\r\nX-Injected: 1", "\u{1B}[2J", "\u{202E}", "\u{FEFF}", "\u{0}", "ModelArts.6309", "APIG.0307", "APIG.0308",
    ]
}

extension JSONTree {
    /// How many values the document has, itself included.
    var size: Int {
        switch self {
        case .array(let elements): elements.reduce(1) { $0 + $1.size }
        case .object(let members): members.reduce(1) { $0 + $1.value.size }
        default: 1
        }
    }

    /// The value that stands at a place, counted in the order of writing.
    func subtree(at place: Int) -> JSONTree {
        guard place > 0 else { return self }
        var rest = place - 1
        for child in elements ?? members.map(\.value) {
            let size = child.size
            if rest < size { return child.subtree(at: rest) }
            rest -= size
        }
        return self
    }
}
