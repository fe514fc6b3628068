// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import CurfewCore
import Glibc
import NIOCore
import NIOPosix
import NIOSSL

/// Why a look at one notebook told nothing; the reason goes into the observation as it is.
struct ProbeFailure: Error, Equatable {
    var reason: Activity.Unknown

    init(_ reason: Activity.Unknown) {
        self.reason = reason
    }
}

extension ProbeFailure {
    /// Sorts what the HTTP client threw during a request for `path`.
    ///
    /// Only fixed texts are used, never the error's own description, which may hold the URL with its token.
    init(_ error: any Error, requesting path: String) {
        switch error {
        case let failure as ProbeFailure: self = failure
        case is CancellationError: self.init(.unreachable("cancelled"))
        case is NIOTooManyBytesError: self.init(.unintelligible("\(path): the answer is too long"))
        case let error as HTTPClientError:
            self.init(.unreachable("\(path): \(error.shortDescription.lowercased())"))
        case let error as IOError where error.errnoCode == ECONNREFUSED:
            self.init(.unreachable("\(path): connection refused"))
        case let error as IOError: self.init(.unreachable("\(path): broken connection (errno \(error.errnoCode))"))
        case let error as NIOConnectionError where error.dnsAError != nil || error.dnsAAAAError != nil:
            self.init(.unreachable("\(path): the host's name is not known"))
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            self.init(.unreachable("\(path): no trusted TLS connection"))
        case is NIOConnectionError: self.init(.unreachable("\(path): no connection"))
        default: self.init(.unreachable("\(path): \(type(of: error))"))
        }
    }
}
