// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Glibc
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
        case let error as IOError where Self.unreachable.contains(error.errnoCode):
            self.init(.notSent, Self.text(error))
        case let error as IOError: self.init(.interrupted, "the connection broke (errno \(error.errnoCode))")
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

    /// What only making a connection can end with.
    private static let unreachable = [ECONNREFUSED, ENETUNREACH]

    private static func text(_ error: IOError) -> String {
        error.errnoCode == ECONNREFUSED
            ? "nothing listens at the address" : "no connection could be made (errno \(error.errnoCode))"
    }

    private static func text(_ error: NIOConnectionError) -> String {
        guard let failure = error.connectionErrors.first?.error else {
            return "the host's name could not be resolved"
        }
        return (failure as? IOError).map(text) ?? "no connection could be made"
    }
}
