// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// How a metrics service with the HTTP API of Prometheus is asked, and what counts as activity there.
package struct PrometheusSettings: Sendable, Equatable {
    /// The base address, without a trailing slash and without `/api/v1/query`.
    package var endpoint: String
    /// A PromQL expression that gives an instant vector; `{window}` stands for the span to look back over.
    package var query: String
    /// The label whose value is the notebook's id.
    package var notebookLabel: String
    /// A value above this is activity.
    package var activeAbove: Double
    /// Samples younger than this may be missing, and a notebook without a younger one is unknown.
    package var lag: Duration
    /// The bound on one query.
    package var timeout: Duration
    package var authentication: Authentication
    /// A file of certificate authorities (PEM) to trust besides the system's.
    package var caFile: String?

    /// How the service is shown who asks; no secret is in it.
    package enum Authentication: Sendable, Hashable {
        case none
        /// A token from a credential file.
        case bearer
        /// A user with a password from a credential file.
        case basic(user: String)
        /// The credentials of the cloud service, for other services of the same cloud.
        case cloud
    }

    package init(
        endpoint: String,
        query: String,
        notebookLabel: String,
        activeAbove: Double = 0,
        lag: Duration = .seconds(300),
        timeout: Duration = .seconds(10),
        authentication: Authentication = .none,
        caFile: String? = nil
    ) {
        self.endpoint = endpoint
        self.query = query
        self.notebookLabel = notebookLabel
        self.activeAbove = activeAbove
        self.lag = lag
        self.timeout = timeout
        self.authentication = authentication
        self.caFile = caFile
    }

    /// What stands in the query for the span.
    package static let windowPlaceholder = "{window}"
    /// What stands in the endpoint and the query for the project's id.
    package static let projectPlaceholder = "{projectID}"

    /// The expression that looks back over `window`, in the notation of PromQL.
    package func expression(over window: Duration) -> String {
        let milliseconds = max(1, window.wholeMilliseconds)
        let text = milliseconds % 1_000 == 0 ? "\(milliseconds / 1_000)s" : "\(milliseconds)ms"
        return query.split(separator: Self.windowPlaceholder, omittingEmptySubsequences: false).joined(separator: text)
    }
}
