// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

/// There was no reply.
///
/// The text is made of known words only: the descriptions of the HTTP client's errors can quote headers, and those hold
/// credentials.
struct TransportFailure: Error, Equatable {
    /// What is certain about the request.
    enum Kind: Equatable {
        /// It never left this machine.
        case notSent
        /// It may have arrived.
        case interrupted
        /// The daemon itself gave it up, perhaps after it left.
        case cancelled
    }

    let kind: Kind
    let text: String

    init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }

    /// Sorts an error of the HTTP client.
    init(_ error: any Error) {
        switch error {
        case is CancellationError: self.init(.cancelled, "it was cancelled")
        case let error as NIOConnectionError: self.init(.notSent, Self.text(error))
        case let error as HTTPClientError:
            self.init(Self.beforeSending.contains(error) ? .notSent : .interrupted, error.shortDescription)
        case is NIOSSLExtraError:
            self.init(.notSent, "the server's certificate is not for this host")
        case NIOSSLError.handshakeFailed:
            self.init(
                .notSent,
                "the TLS handshake failed; check service.caFile and that the address is the one in the certificate"
            )
        case let error as ChannelError where Self.isConnectTimeout(error):
            self.init(.notSent, "the connection could not be made in time")
        case is IOError: self.init(.interrupted, "the connection broke")
        default: self.init(.interrupted, "the connection failed (\(type(of: error)))")
        }
    }

    private static let beforeSending: [HTTPClientError] = [
        .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout, .invalidURL, .emptyHost, .alreadyShutdown,
        .emptyScheme,
    ]

    private static func isConnectTimeout(_ error: ChannelError) -> Bool {
        if case .connectTimeout = error { true } else { false }
    }

    private static func text(_ error: NIOConnectionError) -> String {
        guard let failure = error.connectionErrors.first?.error else {
            return "the host's name could not be resolved"
        }
        if let failure = failure as? IOError { return "no connection could be made (errno \(failure.errnoCode))" }
        return "no connection could be made"
    }
}
