// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Crypto
import CurfewCore
import FoundationEssentials

/// The signature SDK-HMAC-SHA256 of Huawei Cloud and T Cloud (ModelArts API reference, section 10.2).
///
/// Only headers that nothing on the way rewrites should be signed; the caller chooses them, and sends exactly these.
struct RequestSignature {
    let method: String
    /// As it goes on the wire: percent-encoded, unreserved characters plain.
    let path: String
    /// Encoded, and sorted by the names and values before they were encoded.
    let query: String
    /// The headers to sign, names in lower case.
    let headers: [(name: String, value: String)]
    let body: [UInt8]

    /// The names of the signed headers as both the canonical request and the header list them.
    private var signedHeaders: String {
        headers.map(\.name).sorted().joined(separator: ";")
    }

    /// The request in the one form that both sides compute.
    var canonicalRequest: String {
        let uri = path.hasSuffix("/") ? path : path + "/"
        let lines = headers.sorted { $0.name < $1.name }.map { "\($0.name):\(Self.trimmed($0.value))\n" }
        let payload = Self.hex(SHA256.hash(data: body))
        return [method, uri, query, lines.joined(), signedHeaders, payload].joined(separator: "\n")
    }

    /// The text that is signed: the algorithm, the value of `x-sdk-date` and the request's digest.
    var stringToSign: String {
        let date = headers.first { $0.name == "x-sdk-date" }?.value ?? ""
        return "SDK-HMAC-SHA256\n\(date)\n\(Self.hex(SHA256.hash(data: Array(canonicalRequest.utf8))))"
    }

    /// The value of the `Authorization` header; it holds the key's id, so it must not be logged.
    func authorization(id: Secret, secret: Secret) -> String {
        let key = SymmetricKey(data: Array(secret.reveal().utf8))
        let code = HMAC<SHA256>.authenticationCode(for: Array(stringToSign.utf8), using: key)
        return "SDK-HMAC-SHA256 Access=\(id.reveal()), SignedHeaders=\(signedHeaders), Signature=\(Self.hex(code))"
    }

    /// The `X-Sdk-Date` of an instant: `20260301T120000Z`.
    static func date(_ instant: Timestamp) -> String {
        let text = instant.description
        return text.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }

    private static func trimmed(_ value: String) -> Substring {
        var rest = Substring(value)
        while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return rest
    }

    private static let digits = Array("0123456789abcdef".utf8)

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        var result: [UInt8] = []
        for byte in bytes { result += [digits[Int(byte >> 4)], digits[Int(byte & 0xF)]] }
        return String(decoding: result, as: UTF8.self)
    }
}
