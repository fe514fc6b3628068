// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A credential file cannot be used; the daemon may not go on, and the command line exits with 77.
package enum CredentialError: Error, Sendable, Equatable {
    /// There is no such file.
    case missing(file: String)
    /// Nothing is in it.
    case empty(file: String)
    /// Everybody on the machine can read it.
    case readableByOthers(file: String)
    /// It exists and cannot be read, or is no file, or is too large to be a secret.
    case unreadable(file: String)
    /// It holds what no credential can: bytes that are no UTF-8, or a line break or control character inside.
    case malformed(file: String)
}

extension CredentialError: CustomStringConvertible {
    /// What is wrong with which file, and what to do; never anything that the file holds.
    package var description: String {
        switch self {
        case .missing(let file): "the credential file \(file) is missing; create it, readable by its owner only"
        case .empty(let file): "the credential file \(file) is empty; put the secret into it, and nothing else"
        case .readableByOthers(let file):
            "the credential file \(file) is readable by others; run: chmod o-rwx \(file), and consider the secret known"
        case .unreadable(let file): "the credential file \(file) cannot be read; check its owner and that it is a file"
        case .malformed(let file):
            "the credential file \(file) holds a line break or a control character; put one line of plain text into it"
        }
    }
}
