// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Crypto

/// The SDK-HMAC-SHA256 signature of a request, checked against the bytes that came over the wire.
///
/// The key is the secret itself: there is no derived key and no scope. See the ModelArts API reference, "AK/SK signature".
struct RequestSignature: Sendable, Equatable {
    static let algorithm = "SDK-HMAC-SHA256"

    let accessKey: String

    /// Lower-case header names in the order in which they were signed.
    let signedHeaders: [String]

    /// 64 hexadecimal digits.
    let signature: String

    /// Reads an `Authorization` header; `nil` when it is of another scheme or form.
    init?(authorization: String) {
        guard authorization.hasPrefix(Self.algorithm + " ") else { return nil }
        var parts: [Substring: Substring] = [:]
        for part in authorization.dropFirst(Self.algorithm.utf8.count + 1).split(separator: ",") {
            let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { return nil }
            parts[pair[0]] = pair[1]
        }
        guard let access = parts["Access"], let headers = parts["SignedHeaders"], let signature = parts["Signature"]
        else { return nil }
        accessKey = String(access)
        signedHeaders = headers.split(separator: ";").map(String.init)
        self.signature = String(signature)
    }

    /// Whether the signature was made of this request with this secret.
    func isValid(for request: WireRequest, secret: String) -> Bool {
        guard let date = request.header("x-sdk-date") else { return false }
        guard let canonical = Self.canonicalRequest(request, signedHeaders: signedHeaders) else { return false }
        return Self.signature(ofCanonical: canonical, date: date, secret: secret) == signature
    }

    /// The signature of a canonical request, as 64 hexadecimal digits.
    static func signature(ofCanonical canonical: String, date: String, secret: String) -> String {
        let digest = hexadecimal(SHA256.hash(data: Array(canonical.utf8)))
        let text = "\(algorithm)\n\(date)\n\(digest)"
        let key = SymmetricKey(data: Array(secret.utf8))
        return hexadecimal(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
    }

    /// The canonical form of a request; `nil` when a signed header is missing.
    static func canonicalRequest(_ request: WireRequest, signedHeaders: [String]) -> String? {
        var headers = ""
        for name in signedHeaders.sorted() {
            guard let value = request.header(name) else { return nil }
            headers += "\(name):\(trimmed(value))\n"
        }
        let payload = request.header("x-sdk-content-sha256") ?? hexadecimal(SHA256.hash(data: request.body))
        return [
            request.method, canonicalPath(request.path), canonicalQuery(request.query), headers,
            signedHeaders.joined(separator: ";"), payload,
        ].joined(separator: "\n")
    }

    /// Each segment decoded and encoded anew, always with a slash at the end.
    private static func canonicalPath(_ path: Substring) -> String {
        let decoded = PercentEncoding.decode(path)
        let segments = decoded.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let encoded = segments.map(PercentEncoding.encode).joined(separator: "/")
        return encoded.hasSuffix("/") ? encoded : encoded + "/"
    }

    /// Pairs sorted by name and value before they are encoded.
    private static func canonicalQuery(_ query: Substring) -> String {
        let pairs = query.split(separator: "&").map { pair -> (name: [UInt8], value: [UInt8]) in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (PercentEncoding.decode(parts[0]), parts.count > 1 ? PercentEncoding.decode(parts[1]) : [])
        }
        let sorted = pairs.sorted { first, second in
            if first.name != second.name { return first.name.lexicographicallyPrecedes(second.name) }
            return first.value.lexicographicallyPrecedes(second.value)
        }
        return sorted.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }
            .joined(separator: "&")
    }

    private static func trimmed(_ text: String) -> Substring {
        var rest = text[...]
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return rest
    }
}
