// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1

/// Whether client and server speak of the same kinds of documents (RFC 9110, section 12).
enum Negotiation {
    /// Refuses a client that takes no answer of the endpoint's kind, or sends another kind than JSON.
    static func check(_ headers: HTTPHeaders, _ endpoint: Endpoint) throws(ControlProblem) {
        let accepted = headers[canonicalForm: "accept"].map(mediaType)
        let family = endpoint.mediaType.prefix { $0 != "/" } + "/*"
        let isAccepted = accepted.contains { $0 == "*/*" || $0 == family || $0 == endpoint.mediaType }
        guard accepted.isEmpty || isAccepted else {
            let text = "this address answers with \(endpoint.mediaType) only: ask for it by `Accept`, or for */*"
            throw ControlProblem(.notAcceptable, code: "not-acceptable", text)
        }
        guard let sent = headers.first(name: "content-type").map({ mediaType(Substring($0)) }) else { return }
        guard sent == "application/json" || !endpoint.isAct else {
            let text = "a body is JSON: send it with `Content-Type: application/json`"
            throw ControlProblem(.unsupportedMediaType, code: "unsupported-media-type", text)
        }
    }

    /// The type without its parameters.
    private static func mediaType(_ text: Substring) -> String {
        text.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
    }
}
