// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import Foundation

/// A file that a program writes lines to while a test reads them.
package struct LogFile: Sendable {
    private let file: URL

    /// Makes an empty file in the folder.
    package init(in folder: URL) throws {
        file = folder.appending(path: "log-\(UUID().uuidString)")
        try Data().write(to: file)
    }

    /// The end to give to a program.
    package func writing() throws -> FileHandle { try FileHandle(forWritingTo: file) }

    /// The whole lines written so far.
    package var all: [String] {
        // A file that cannot be read has no lines, and the test that waits for one says so.
        let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
    }
}
