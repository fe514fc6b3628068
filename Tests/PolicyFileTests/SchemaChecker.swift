// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// Runs `Tests/Integration/schema_check.py` over policy texts.
enum SchemaChecker {
    struct Verdict: Decodable {
        let verdict: String
        let complaints: [String]
    }

    /// The schema's verdicts on the texts, in their order.
    static func check(_ texts: [String]) throws -> [Verdict] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "curfew-schema-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = texts.indices.map { folder.appending(path: "\($0).yaml").path }
        for (file, text) in zip(files, texts) { try text.write(toFile: file, atomically: false, encoding: .utf8) }
        let verdicts = try JSONDecoder().decode([String: Verdict].self, from: run(files))
        return try files.map { try #require(verdicts[$0]) }
    }

    private static func run(_ files: [String]) throws -> Data {
        let python = Repository.root.appending(path: ".venv/bin/python")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path),
            "\(python.path) is missing: run `make deps`"
        )
        let process = Process()
        process.executableURL = python
        process.arguments =
            [
                Repository.root.appending(path: "Tests/Integration/schema_check.py").path, Repository.schema.path,
            ] + files
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        try #require(
            process.terminationStatus == 0,
            "schema_check.py failed; are its packages installed? run `make deps`"
        )
        return data
    }
}
