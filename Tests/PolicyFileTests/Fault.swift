// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// One mistake of an administrator, from the tables in `Fixtures/faults`: a whole policy file with it, and every word
/// that is said about it.
///
/// In a table, `### ` begins a fault with its name, each `! LINE:COL: …` is one diagnostic, in order, and `~ LIMIT` says why
/// the JSON schema cannot see it. The rest is the file; its first line is line 1.
struct Fault: CustomTestStringConvertible, Sendable {
    let name: String
    let expected: [String]
    /// The word behind `~`, if there is one.
    let limit: String?
    let text: String

    var testDescription: String { name }

    private init(_ part: Substring, table: String) {
        var lines = part.split(separator: "\n", omittingEmptySubsequences: false)[...]
        name = "\(table): \(lines.popFirst() ?? "")"
        var expected: [String] = []
        var limit: String?
        while let line = lines.first, line.hasPrefix("! ") || line.hasPrefix("~ ") {
            if line.hasPrefix("! ") {
                expected.append(String(line.dropFirst(2)))
            } else {
                limit = String(line.dropFirst(2))
            }
            lines.removeFirst()
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        self.expected = expected
        self.limit = limit
        text = lines.map { $0 + "\n" }.joined()
    }

    /// All faults of all tables; none when they cannot be read, which the tests notice by the number.
    static let all: [Fault] = {
        let folder = Repository.fixtures.appending(path: "faults")
        let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return (files ?? []).filter { $0.pathExtension == "txt" }.sorted { $0.path < $1.path }.flatMap { file in
            let parts = (try? Repository.text(file))?.split(separator: "### ", omittingEmptySubsequences: false) ?? []
            return parts.dropFirst().map { Fault($0, table: file.deletingPathExtension().lastPathComponent) }
        }
    }()
}

/// What a JSON schema cannot say, so that it accepts a file that the loader refuses.
enum SchemaLimit: String, CaseIterable {
    /// A name must be a key of another part of the file.
    case reference
    /// Two values of different places must fit each other, such as a number and the length of a list.
    case comparison
    /// Two entries of a list must differ in one of their keys.
    case uniqueness
    /// A span is a sum of parts with units, so its length is no matter of its form.
    case span
    /// A range in a glob must not run backward, for any two characters.
    case globRange = "glob range"
    /// How a number is written: 1.0 and 1 are one, and no binary fraction has a last decimal place.
    case number
    /// Anchors are gone once YAML is read.
    case anchor
}
