// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Why there is no socket to listen on.
package enum SocketFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// Another process listens there.
    case inUse(String)
    /// Something else lies at its place.
    case notASocket(String)
    /// A Unix socket's path has 107 bytes at most.
    case pathTooLong(String)
    /// The service manager handed over something else than one Unix socket that listens.
    case wrongDescriptors
    /// A system call failed; the number is an `errno`.
    case system(_ call: String, _ path: String, CInt)

    package var description: String {
        switch self {
        case .inUse(let path):
            "another process listens on \(path): stop it, or choose another directory with --runtime-dir"
        case .notASocket(let path): "\(path) is no socket: remove it, or choose another directory with --runtime-dir"
        case .pathTooLong(let path):
            "the path \(path) is too long for a socket (107 bytes): choose a shorter one with --runtime-dir"
        case .wrongDescriptors:
            "the service manager handed over something else than one Unix stream socket: see curfew.socket"
        case .system(let call, let path, let code):
            "the socket \(path) cannot be made: \(call): \(SystemError.text(code))"
        }
    }
}
