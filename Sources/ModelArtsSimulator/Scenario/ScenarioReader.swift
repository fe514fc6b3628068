// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// One JSON object of a scenario file, read strictly: a key that nobody asked for is an error.
///
/// The reader knows where it stands in the file, so that every error can name its key in full.
struct ScenarioReader {
    private let path: String
    private let members: [String: ScenarioValue]
    private var unread: Set<String>

    init(_ value: ScenarioValue, path: String) throws(ScenarioError) {
        guard case .object(let members) = value else {
            throw path.isEmpty ? .notJSON : .badValue(path, expected: "an object")
        }
        self.path = path
        self.members = members
        unread = Set(members.keys)
    }

    /// The key's name from the root of the file.
    func name(of key: String) -> String { path.isEmpty ? key : path + "." + key }

    mutating func value(_ key: String) -> ScenarioValue? {
        unread.remove(key)
        return members[key]
    }

    mutating func text(_ key: String) throws(ScenarioError) -> String? {
        guard let value = value(key) else { return nil }
        guard case .text(let text) = value else { throw .badValue(name(of: key), expected: "a text") }
        return text
    }

    mutating func requiredText(_ key: String) throws(ScenarioError) -> String {
        guard let text = try text(key) else { throw .missingKey(name(of: key)) }
        return text
    }

    /// A number of the given unit, in milliseconds.
    mutating func milliseconds(_ key: String, per unit: Double) throws(ScenarioError) -> Int64? {
        guard let value = value(key) else { return nil }
        guard case .number(let number) = value, abs(number) < 1e9 else {
            throw .badValue(name(of: key), expected: "a number")
        }
        return Int64((number * unit).rounded())
    }

    mutating func choice<Choice: RawRepresentable<String>>(
        _ key: String,
        _ type: Choice.Type,
        _ expected: String
    ) throws(ScenarioError) -> Choice? {
        guard let text = try text(key) else { return nil }
        guard let choice = Choice(rawValue: text) else { throw .badValue(name(of: key), expected: expected) }
        return choice
    }

    mutating func list(_ key: String) throws(ScenarioError) -> [ScenarioValue] {
        guard let value = value(key) else { return [] }
        guard case .list(let values) = value else { throw .badValue(name(of: key), expected: "an array") }
        return values
    }

    mutating func object(_ key: String) throws(ScenarioError) -> ScenarioReader? {
        guard let value = value(key) else { return nil }
        return try ScenarioReader(value, path: name(of: key))
    }

    /// All members, for objects whose keys are data.
    mutating func texts() throws(ScenarioError) -> [(key: String, value: String)] {
        var texts: [(key: String, value: String)] = []
        for key in members.keys.sorted() { texts.append((key, try requiredText(key))) }
        return texts
    }

    /// Fails when a key was never asked for.
    func finish() throws(ScenarioError) {
        if let key = unread.min() { throw .unknownKey(name(of: key)) }
    }
}

/// Any JSON value.
enum ScenarioValue: Decodable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([ScenarioValue])
    case object([String: ScenarioValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([ScenarioValue].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: ScenarioValue].self))
        }
    }

    /// Parses JSON text.
    static func parse(_ json: [UInt8]) throws(ScenarioError) -> ScenarioValue {
        do {
            return try JSONDecoder().decode(ScenarioValue.self, from: Data(json))
        } catch {
            throw .notJSON
        }
    }
}
