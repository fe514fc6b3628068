// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The cloud's metrics service (AOM), as far as it answers like Prometheus: `GET /v1/{project}/aom/api/v1/query`.
///
/// It understands no query: each is answered with the values that were set, of the present instant.
struct MetricsService: Sendable {
    /// By the notebook's id.
    var values: [String: Double] = [:]

    func query(_ request: WireRequest, now: Int64) throws(APIError) -> WireAnswer {
        guard request.queryValue("query")?.isEmpty == false else {
            throw APIError(400, "AOM.08001", "The parameter query is missing.")
        }
        return .json(200, capacity: 128 * (values.count + 1)) { writer in
            writer.object { writer in
                writer.key("status")
                writer.value("success")
                writer.key("data")
                writer.object { writer in
                    writer.key("resultType")
                    writer.value("vector")
                    writer.key("result")
                    writer.array { writer in
                        for (notebook, value) in values { Self.write(notebook, value, now: now, &writer) }
                    }
                }
            }
        }
    }

    private static func write(_ notebook: String, _ value: Double, now: Int64, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.key("metric")
            writer.object { writer in
                writer.key("service_id")
                writer.value(notebook)
            }
            writer.key("value")
            writer.array { writer in
                writer.value(now / 1_000)
                writer.value("\(value)")
            }
        }
    }
}
