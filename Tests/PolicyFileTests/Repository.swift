// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The files of this repository that the tests read.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let examplePolicy = root.appending(path: "config/policy.example.yaml")
    static let schema = root.appending(path: "config/policy.schema.json")
    static let documentation = root.appending(path: "docs/policy.md")
    static let fixtures = root.appending(path: "Tests/PolicyFileTests/Fixtures")

    static func text(_ file: URL) throws -> String {
        try String(contentsOf: file, encoding: .utf8)
    }
}
