// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import AsyncHTTPClient
import NIOCore
import NIOSSL

/// Makes the HTTP client that the service's requests go through.
package enum ModelArtsHTTP {
    /// Longer than any handshake that succeeds, short enough for the engine to try again.
    private static let connectTimeout = TimeAmount.seconds(10)
    /// The longest silence in the middle of a reply; the whole exchange has its own limit.
    private static let readTimeout = TimeAmount.seconds(20)
    /// Shorter than any gateway keeps an idle connection, so that no stop is sent into one that is just being closed.
    private static let idleTimeout = TimeAmount.seconds(15)

    /// Makes a client on the shared event loops; whoever asked for it shuts it down.
    ///
    /// It follows no redirect (the signature is bound to the host), uses no proxy, speaks TLS 1.2 or later and trusts
    /// the system's authorities besides those in `caFile`, a PEM file.
    package static func makeClient(caFile: String? = nil) throws(SetupError) -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let caFile { tls.additionalTrustRoots = [.certificates(try authorities(in: caFile))] }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: connectTimeout, read: readTimeout)
        )
        configuration.proxy = nil
        configuration.decompression = .disabled
        configuration.httpVersion = .http1Only
        configuration.http1_1ConnectionDebugInitializer = StatusGuard.install
        configuration.connectionPool.idleTimeout = idleTimeout
        // An unreachable cloud is reported at once; trying again is the daemon's business.
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    private static func authorities(in path: String) throws(SetupError) -> [NIOSSLCertificate] {
        let certificates: [NIOSSLCertificate]
        do {
            certificates = try NIOSSLCertificate.fromPEMFile(path)
        } catch {
            throw .badAuthorityFile(path: path, reason: "it is missing, unreadable or not PEM")
        }
        guard !certificates.isEmpty else { throw .badAuthorityFile(path: path, reason: "no certificate is in it") }
        return certificates
    }
}
