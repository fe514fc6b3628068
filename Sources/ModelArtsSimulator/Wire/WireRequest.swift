// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A request exactly as it came over the wire.
///
/// The signature is checked against these bytes, so nothing here is normalised: the target keeps its percent-encoding, header
/// values keep their inner spaces, and the body is what was sent.
package struct WireRequest: Sendable {
    /// The method in capitals.
    package let method: String

    /// The request target: path and query, still encoded.
    package let target: String

    /// All headers, `Host` among them, in the order of arrival.
    package let headers: [(name: String, value: String)]

    package let body: [UInt8]

    package init(method: String, target: String, headers: [(name: String, value: String)], body: [UInt8] = []) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
    }

    /// The target up to the question mark, still encoded.
    package var path: Substring { target.prefix { $0 != "?" } }

    /// What follows the question mark, still encoded; empty when there is none.
    package var query: Substring {
        guard let mark = target.firstIndex(of: "?") else { return "" }
        return target[target.index(after: mark)...]
    }

    /// The value of the first header of that name, whatever its case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }

    /// The decoded query, in the order of arrival; a pair without `=` has an empty value.
    var queryItems: [(name: String, value: String)] {
        query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? PercentEncoding.decodeText(parts[1]) : ""
            return (PercentEncoding.decodeText(parts[0]), value)
        }
    }

    /// The decoded value of the first query parameter of that name.
    func queryValue(_ name: String) -> String? {
        queryItems.first { $0.name == name }?.value
    }
}
