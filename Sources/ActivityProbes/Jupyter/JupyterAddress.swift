// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// Where one notebook's Jupyter server answers, derived from the address that its user opens.
struct JupyterAddress: Hashable, Sendable {
    /// The address its user opens, without its query.
    let page: HTTPLocation
    /// The path before `api/…`, with a slash at both ends.
    private let base: String

    /// Reads the cloud's `url`, such as `https://host/1111…/lab`.
    ///
    /// Throws `.unintelligible` for an address that could be read in two ways, and for plain http to any host but this
    /// machine, since the token would cross the network in the clear.
    init(_ url: String) throws(ProbeFailure) {
        guard let location = HTTPLocation(absolute: url) else {
            throw ProbeFailure(.unintelligible("the notebook's address is no plain http or https URL"))
        }
        guard location.origin.isSecure || location.origin.isLoopback else {
            throw ProbeFailure(.unintelligible("the notebook's address is plain http, which is for loopback only"))
        }
        page = HTTPLocation(origin: location.origin, path: location.path)
        var segments = location.path.split(separator: "/")
        if segments.last == "lab" { segments.removeLast() }
        base = "/" + segments.map { "\($0)/" }.joined()
    }

    var origin: HTTPOrigin { page.origin }

    /// The address of the base itself, which serves as the referer of requests that carry cookies.
    var referer: String { HTTPLocation(origin: origin, path: base).text }

    /// The address of `api/NAME`, asked in the way that does not count as activity there (D20).
    func api(_ name: String) -> HTTPLocation {
        HTTPLocation(origin: origin, path: "\(base)api/\(name)", query: "no_track_activity=1")
    }

    /// The address that logs in with the token; holds the secret.
    func login(with token: Secret) -> HTTPLocation {
        HTTPLocation(origin: origin, path: page.path, query: "token=\(token.reveal().percentEncoded)")
    }
}
