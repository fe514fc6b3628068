// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What is wrong with a scenario file, with the key at fault.
package enum ScenarioError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The text is not JSON.
    case notJSON
    /// A key that the format does not have.
    case unknownKey(String)
    /// A key that must be there.
    case missingKey(String)
    /// A value of the wrong type, or out of range.
    case badValue(String, expected: String)
    /// Two notebooks with one id.
    case duplicateID(String)

    package var description: String {
        switch self {
        case .notJSON: "the scenario is not a JSON object"
        case .unknownKey(let key): "unknown key \(key)"
        case .missingKey(let key): "missing key \(key)"
        case .badValue(let key, let expected): "bad value of \(key): expected \(expected)"
        case .duplicateID(let id): "two notebooks have the id \(id)"
        }
    }
}
