// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import PolicyFile
import Testing

/// A policy file of the corpus, with what it says about itself in its leading comments.
///
/// `# schema: accepts | rejects | unreadable` is the schema's verdict, for a bad file with the limit of schemas behind
/// `accepts`, as in `accepts (reference)`; each `# expect: LINE:COL: …` is one diagnostic, and
/// together they are all of them, in order.
struct Fixture: CustomTestStringConvertible {
    let file: URL
    let text: String
    let expected: [String]
    let schemaVerdict: String
    /// Why the schema cannot see what is wrong.
    let schemaLimit: String?

    var name: String { file.deletingPathExtension().lastPathComponent }
    var testDescription: String { name }

    init(_ file: URL) throws {
        self.file = file
        text = try Repository.text(file)
        let comments = text.split(separator: "\n").prefix { $0.hasPrefix("# ") }
        expected = comments.filter { $0.hasPrefix("# expect: ") }.map { String($0.dropFirst("# expect: ".count)) }
        let verdict = comments.first { $0.hasPrefix("# schema: ") }
        let words = (verdict?.dropFirst("# schema: ".count) ?? "").split(separator: " (")
        schemaVerdict = words.first.map(String.init) ?? ""
        schemaLimit = words.count > 1 ? words.last.map { String($0.dropLast()) } : nil
    }

    /// The calendar files, by their names.
    static let calendars: [String: [UInt8]] = {
        let directory = Repository.fixtures.appending(path: "calendars")
        let files = try? FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
        return (files ?? []).reduce(into: [:]) { result, file in
            if let data = try? Data(contentsOf: file) { result[file.lastPathComponent] = [UInt8](data) }
        }
    }()

    static let good = all("good")
    static let bad = all("bad")

    /// Every fixture of a folder; none when it cannot be read, which the tests notice by the number.
    private static func all(_ folder: String) -> [Fixture] {
        let directory = Repository.fixtures.appending(path: folder)
        let files = try? FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
        return (files ?? []).filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }
            .compactMap { try? Fixture($0) }
    }
}
