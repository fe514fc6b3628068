// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// Where the parts of the repository lie that tests use.
package enum Repository {
    /// The folder that holds `Package.swift`.
    package static var root: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    /// A program that the build made beside the tests.
    package static func product(_ name: String) -> String {
        root.appending(path: ".build/debug/\(name)").path()
    }

    /// A script of `Tests/Integration`.
    package static func script(_ name: String) -> String {
        root.appending(path: "Tests/Integration/\(name)").path()
    }

    /// The Python of the environment that `make deps` makes.
    package static func python() throws -> String { try installed(".venv/bin/python3") }

    /// A program that `make deps` puts into `.tools`.
    package static func tool(_ name: String) throws -> String { try installed(".tools/\(name)") }

    private static func installed(_ name: String) throws -> String {
        let path = root.appending(path: name).path()
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw Missing(text: "\(path) is missing: run `make deps`")
        }
        return path
    }

    /// Something that the tests need and `make deps` installs.
    package struct Missing: Error, CustomStringConvertible {
        let text: String
        package var description: String { text }
    }
}
