// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import CurfewCore
import NIOCore
import NIOHTTP1

/// The form in which calls go on the wire: address, headers, and the proof of identity.
struct RequestForm: Sendable {
    /// Names the program to the cloud's operators; not signed, because proxies rewrite it.
    static let userAgent = "curfew"

    let address: ServiceAddress
    let projectID: String

    /// The request, signed for `now` or carrying a token.
    func request(for call: APICall, identity: Identity, now: Timestamp) -> HTTPClientRequest {
        let path = address.basePath + call.segments.map { "/" + PercentEncoding.encode($0) }.joined()
        let query = call.query
            .map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
        var request = HTTPClientRequest(url: address.url(path: path, query: query))
        request.method = call.operation.method
        var headers = [
            (name: "host", value: address.authority), (name: "content-type", value: "application/json"),
            (name: "x-project-id", value: projectID),
        ]
        let proof: (name: String, value: String)
        switch identity {
        case .token(let token): proof = ("x-auth-token", token.reveal())
        case .keys(let id, let secret, let securityToken):
            headers.append((name: "x-sdk-date", value: RequestSignature.date(now)))
            if let securityToken { headers.append((name: "x-security-token", value: securityToken.reveal())) }
            let signature = RequestSignature(
                method: call.operation.method.rawValue,
                path: path,
                query: query,
                headers: headers,
                body: call.body
            )
            proof = ("authorization", signature.authorization(id: id, secret: secret))
        }
        for (name, value) in headers + [proof] { request.headers.add(name: name, value: value) }
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(name: "user-agent", value: Self.userAgent)
        request.headers.add(name: "x-language", value: "en-us")
        if call.operation.method != .GET { request.body = .bytes(ByteBuffer(bytes: call.body)) }
        return request
    }
}
