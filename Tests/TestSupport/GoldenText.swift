// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
package import Testing

/// Texts that people have read and approved.
package enum GoldenText {
    /// Compares lines with the approved file of that name in the folder `Golden` of the caller's test target.
    ///
    /// With `CURFEW_WRITE_GOLDEN` in the environment the file is written anew, for people to read and approve.
    package static func expect(
        _ lines: [String],
        _ name: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let text = lines.joined(separator: "\n") + "\n"
        let file = Repository.root.appending(path: "Tests/\(sourceLocation.moduleName)/Golden/\(name).txt")
        if ProcessInfo.processInfo.environment["CURFEW_WRITE_GOLDEN"] != nil {
            try Data(text.utf8).write(to: file)
        }
        let approved = try String(contentsOf: file, encoding: .utf8)
        #expect(text == approved, "\(name).txt", sourceLocation: sourceLocation)
    }
}
