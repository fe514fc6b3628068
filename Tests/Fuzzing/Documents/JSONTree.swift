// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A JSON document as it is written: keys in order and possibly repeated, numbers as text.
package indirect enum JSONTree: Equatable, Sendable {
    case null
    case boolean(Bool)
    case number(String)
    /// Nil for a text whose bytes or escapes make no Unicode.
    case text(String?)
    case array([JSONTree])
    case object([Member])

    package struct Member: Equatable, Sendable {
        var key: String?
        var value: JSONTree
    }

    /// The value of a key: the last where it is repeated, as every reader of JSON has it.
    subscript(_ key: String) -> JSONTree? { members.last { $0.key == key }?.value }

    /// All values of a key.
    func all(_ key: String) -> [JSONTree] { members.filter { $0.key == key }.map(\.value) }

    var members: [Member] { if case .object(let members) = self { members } else { [] } }
    var isObject: Bool { if case .object = self { true } else { false } }
    var elements: [JSONTree]? { if case .array(let elements) = self { elements } else { nil } }
    var string: String? { if case .text(let text) = self { text } else { nil } }
    var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }

    /// The value of a number without fraction and exponent that fits.
    var integer: Int64? {
        guard case .number(let text) = self, !text.contains(where: { ".eE".contains($0) }) else { return nil }
        return Int64(text)
    }

    /// Whether some object has a key twice.
    var hasRepeatedKeys: Bool {
        switch self {
        case .array(let elements): elements.contains { $0.hasRepeatedKeys }
        case .object(let members):
            Set(members.map(\.key)).count < members.count || members.contains { $0.value.hasRepeatedKeys }
        default: false
        }
    }
}
