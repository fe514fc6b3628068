// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The real documents that cases begin with.
package struct Corpus: Sendable {
    private let replies: [String: Reply]
    /// Policy files, good and bad.
    let policies: [[UInt8]]
    /// Calendar files as calendar programs write them.
    let calendars: [[UInt8]]
    let trees: [JSONTree]
    /// Every reply, in the order of their names.
    let all: [Reply]

    /// Something that the repository should hold is not there.
    package struct Missing: Error, CustomStringConvertible {
        let name: String
        package var description: String { "the corpus lacks \(name)" }
    }

    /// Reads the files of this repository.
    package init() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let tests = folder.deletingLastPathComponent()
        var replies: [String: Reply] = [:]
        for file in try Self.files(in: folder.appending(path: "Corpus"), ending: "http") {
            replies[file.deletingPathExtension().lastPathComponent] = Reply(recorded: Array(try Data(contentsOf: file)))
        }
        self.replies = replies
        all = replies.sorted { $0.key < $1.key }.map(\.value)
        trees = all.compactMap { JSONParser.parse($0.body) }
        let fixtures = tests.appending(path: "PolicyFileTests/Fixtures")
        calendars = try Self.files(in: fixtures.appending(path: "calendars"), ending: "ics")
            .map { Array(try Data(contentsOf: $0)) }
        let example = tests.deletingLastPathComponent().appending(path: "config/policy.example.yaml")
        let files =
            try Self.files(in: fixtures.appending(path: "good"), ending: "yaml")
            + Self.files(in: fixtures.appending(path: "bad"), ending: "yaml")
        policies = try ([example] + files).map { Array(try Data(contentsOf: $0)) }
    }

    /// A recorded reply.
    subscript(_ name: String) -> Reply {
        get throws {
            guard let reply = replies[name] else { throw Missing(name: "\(name).http") }
            return reply
        }
    }

    /// The files of a folder in the order of their names, so that a seed means the same on every machine.
    private static func files(in folder: URL, ending: String) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == ending }.sorted { $0.lastPathComponent < $1.lastPathComponent }
    }
}
