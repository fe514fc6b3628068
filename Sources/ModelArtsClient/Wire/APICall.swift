// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// A request to the ModelArts API before it is signed: where to and with what.
struct APICall: Sendable {
    let operation: Operation
    /// The segments of the path behind the endpoint, not yet encoded.
    let segments: [String]
    /// Sorted by name, as the signature wants them, not yet encoded.
    let query: [(name: String, value: String)]
    let body: [UInt8]
    /// How long it may go out; nil for what changes nothing.
    let validity: OrderValidity?

    private init(
        _ operation: Operation,
        project: String,
        _ segments: [String],
        query: [(name: String, value: String)] = [],
        body: String = "",
        validity: OrderValidity? = nil
    ) {
        self.operation = operation
        self.segments = ["v1", project, "notebooks"] + segments
        self.query = query.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
        self.body = Array(body.utf8)
        self.validity = validity
    }

    /// One page of a listing.
    ///
    /// `limit` and `offset` count records, and 50 is the largest documented limit. The workspace goes out under its new
    /// and its old name, because servers of different age know one of them and ignore the other. `feature` is not sent,
    /// so free notebooks, which nobody pays for, stay out of the list.
    static func list(_ settings: ServiceSettings, offset: Int) -> APICall {
        var query = [(name: "limit", value: "\(Listing.pageSize)"), (name: "offset", value: "\(offset)")]
        if let workspace = settings.workspaceID {
            query += [(name: "workspaceId", value: workspace), (name: "workspace_id", value: workspace)]
        }
        return APICall(
            .list(scope: settings.scope, offset: offset),
            project: settings.projectID,
            settings.scope == .project ? ["all"] : [],
            query: query
        )
    }

    static func show(_ id: NotebookID, project: String) -> APICall {
        APICall(.show(id), project: project, [id.text])
    }

    static func showLease(_ id: NotebookID, project: String) -> APICall {
        APICall(.showLease(id), project: project, [id.text, "lease"])
    }

    /// Sets a lease, in the body: a duration in the query would turn the type into TIMING.
    static func renew(_ order: RenewalOrder, project: String) -> APICall {
        APICall(
            .renew(order.notebook),
            project: project,
            [order.notebook.text, "lease"],
            body: #"{"duration": \#(order.duration.wholeMilliseconds), "type": "\#(order.kind)"}"#,
            validity: order.validity
        )
    }

    static func stop(_ order: StopOrder, project: String) -> APICall {
        APICall(.stop(order.notebook), project: project, [order.notebook.text, "stop"], validity: order.validity)
    }
}
