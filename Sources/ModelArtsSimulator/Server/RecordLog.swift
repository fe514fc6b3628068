// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The latest requests, up to a limit, so that a simulator can run for days.
struct RecordLog {
    /// How many requests are remembered at least; up to twice as many are kept to make forgetting cheap.
    static let limit = 100_000

    private(set) var all: [RequestRecord] = []

    mutating func add(_ request: WireRequest, route: Route, status: Int, identity: String?, at now: Int64) {
        if all.count >= 2 * Self.limit { all.removeFirst(Self.limit) }
        all.append(
            RequestRecord(
                at: now,
                method: request.method,
                path: String(request.path),
                query: Self.withoutToken(request.query),
                operation: route.operation,
                notebook: route.notebook,
                status: status,
                identity: identity,
                body: request.body
            )
        )
    }

    private static func withoutToken(_ query: Substring) -> String {
        guard query.contains("token=") else { return String(query) }
        return query.split(separator: "&").map { $0.hasPrefix("token=") ? "token=" : $0 }.joined(separator: "&")
    }
}
