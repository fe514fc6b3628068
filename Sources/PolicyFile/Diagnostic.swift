// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// One problem of a policy file, with its place.
///
/// Rendered as compilers do, `FILE:LINE:COL: error: …`, so that editors and people find the place. It never repeats a
/// value that may be a secret.
package struct Diagnostic: Sendable, Equatable, CustomStringConvertible {
    package let severity: Severity
    /// What is wrong and what to write instead, in one line.
    package let message: String
    /// The file as its user named it.
    package let file: String
    /// Counted from 1.
    package let line: Int
    /// In Unicode scalars, counted from 1.
    package let column: Int

    /// Whether the file can be used in spite of the problem.
    package enum Severity: String, Sendable {
        /// The file yields no policy.
        case error
        /// Legal, but surely not meant.
        case warning
    }

    package init(severity: Severity, message: String, file: String, line: Int, column: Int) {
        self.severity = severity
        self.message = message
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String { "\(file):\(line):\(column): \(severity.rawValue): \(message)" }
}
