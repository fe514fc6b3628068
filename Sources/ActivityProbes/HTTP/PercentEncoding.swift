// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension String {
    /// The text with everything escaped but the unreserved characters of RFC 3986.
    var percentEncoded: String {
        let unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8
        return utf8.map { byte in
            if unreserved.contains(byte) { return String(UnicodeScalar(byte)) }
            return (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }
        .joined()
    }
}
