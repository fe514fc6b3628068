// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import AsyncHTTPClient
import NIOCore
import NIOSSL

/// Makes the HTTP client that all probes share.
///
/// It carries nothing that belongs to the cloud: no credentials, no cookies. A probe adds what one notebook's server
/// needs to that one request.
package enum ProbeHTTP {
    /// A client that follows no redirect, keeps no cookie, trusts the system's authorities and those in `caFile`.
    ///
    /// The caller shuts it down. A connection that is refused fails at once instead of being tried again, and one
    /// host may have many connections, because all notebooks of a region may stand behind one gateway, where one that
    /// hangs must not make the others wait (I10). Throws when `caFile` cannot be read as PEM certificates.
    package static func makeClient(
        caFile: String? = nil,
        connectTimeout: Duration = .seconds(3)
    ) throws -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let caFile {
            tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(caFile))]
        }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            timeout: .init(connect: .nanoseconds(connectTimeout.wholeNanoseconds)),
            decompression: .disabled
        )
        configuration.httpVersion = .http1Only
        configuration.http1_1ConnectionDebugInitializer = StatusGuard.install
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 256
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
}
