// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import ControlProtocol
import Foundation
import NIOCore
import NIOPosix

extension ControlFailure {
    /// Sorts an error of the HTTP client.
    init(_ error: any Error, socket: String) {
        switch error {
        case let error as ControlFailure: self = error
        case let error as IOError: self.init(errno: error.errnoCode, socket: socket)
        case let error as NIOConnectionError:
            let first = error.connectionErrors.first?.error as? IOError
            self.init(errno: first?.errnoCode ?? ENOENT, socket: socket)
        case is SocketAddressError:
            self = .unusable(socket: socket, why: "a socket's path is at most 107 bytes long; choose a shorter one")
        case let error as HTTPClientError where [.readTimeout, .deadlineExceeded].contains(error):
            self = .interrupted(why: "it was silent for too long")
        case let error as HTTPClientError: self = .interrupted(why: error.shortDescription)
        case is DecodingError: self = .garbled(why: "a field is missing or of another kind")
        default: self = .interrupted(why: "\(type(of: error))")
        }
    }

    private init(errno code: CInt, socket: String) {
        switch code {
        case ENOENT, ECONNREFUSED, ENOTDIR: self = .noDaemon(socket: socket)
        case EACCES, EPERM: self = .closed(socket: socket)
        case ECONNRESET, EPIPE: self = .interrupted(why: "the connection broke")
        default: self = .unusable(socket: socket, why: "errno \(code)")
        }
    }

    /// What a reply that is no success says: its problem details, or else what its status says alone.
    init(status: Int, body: [UInt8]) {
        // A reply without problem details is told by its status.
        if let problem = try? JSONDecoder().decode(ProblemDocument.self, from: Data(body)) {
            self = .problem(problem)
        } else {
            self = .garbled(why: "status \(status) without problem details")
        }
    }
}
