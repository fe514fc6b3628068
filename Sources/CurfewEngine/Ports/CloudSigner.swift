// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Proves to other services of the cloud who asks, with the credentials that the daemon has for it.
///
/// Whoever asks such a service is handed headers for one request and never a key.
package protocol CloudSigner: Sendable {
    /// The headers that authenticate one request; `answered` has to follow, whatever becomes of it.
    ///
    /// Throws when the address lies outside the cloud, and while refused credentials are given a rest.
    func proof(for request: CloudRequest) async throws(ServiceFailure) -> [(name: String, value: String)]

    /// Tells how the request was answered: its HTTP status, or nil when there was no answer.
    func answered(status: Int?)
}

/// A GET to be signed, in the form in which it goes on the wire.
package struct CloudRequest: Sendable {
    /// `https://host` or `https://host:port`, without a usual port.
    package var origin: String
    /// Percent-encoded.
    package var path: String
    /// Percent-encoded and sorted by name, without the question mark.
    package var query: String

    package init(origin: String, path: String, query: String) {
        self.origin = origin
        self.path = path
        self.query = query
    }
}
