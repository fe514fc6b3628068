// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension CloudState {
    /// Answers an authenticated request for notebooks.
    mutating func notebooks(
        _ request: WireRequest,
        _ route: Route,
        caller: CallerIdentity,
        now: Int64
    ) throws(APIError) -> WireAnswer {
        let writer = NotebookWriter(baseURL: baseURL)
        let id = route.notebook ?? ""
        switch route.operation {
        case .listNotebooks, .listAllNotebooks:
            return writer.answer(try list(request, isOwn: route.operation == .listNotebooks, caller: caller, now: now))
        case .createNotebook:
            let wanted = try RequestBodies.notebook(request.body)
            return writer.answer(201, try model.create(wanted, owner: caller.user, now: now))
        case .showNotebook: return writer.answer(200, try model.show(id, now: now))
        case .updateNotebook:
            let change = try RequestBodies.update(request.body)
            let notebook = try model.update(id, name: change.name, description: change.description, now: now)
            return writer.answer(200, notebook)
        case .deleteNotebook: return writer.answer(200, try model.delete(id, now: now))
        case .startNotebook:
            let lease = try RequestBodies.lease(query: request)
            return writer.answer(200, try model.start(id, lease: lease, now: now))
        case .stopNotebook: return writer.answer(200, try model.stop(id, now: now))
        case .showLease: return NotebookWriter.answer(try model.lease(of: id, now: now))
        case .renewLease: return try renew(request, id: id, now: now)
        case .createTags:
            try model.addTags(try RequestBodies.tags(request.body), to: id, now: now)
            return WireAnswer(status: 204)
        case .deleteTags:
            try model.removeTags(try RequestBodies.tags(request.body).map(\.key), from: id, now: now)
            return WireAnswer(status: 204)
        case .showTags: return projectTags(now: now)
        case .issueToken, .listProjects, .metadataToken, .metadataCredentials, .jupyter, .queryMetrics, .unknown:
            throw .gateway(404, "APIG.0101", "The API does not exist or has not been published.")
        }
    }

    private mutating func list(
        _ request: WireRequest,
        isOwn: Bool,
        caller: CallerIdentity,
        now: Int64
    ) throws(APIError) -> NotebookPage {
        var query = try ListQuery(items: request.queryItems, pageSizes: model.settings.pageSizes)
        // The owner filter is effective for administrators only.
        if !caller.isAdministrator { query.owner = nil }
        let owner = isOwn ? query.owner ?? caller.user.id : query.owner
        return model.list(query, owner: owner, now: now)
    }

    private mutating func renew(_ request: WireRequest, id: String, now: Int64) throws(APIError) -> WireAnswer {
        let queryDuration = try RequestBodies.lease(query: request).duration
        // A duration in the query makes the cloud ignore the body, even a bad one.
        let body = queryDuration == nil ? try RequestBodies.lease(request.body) : LeaseRequest()
        let (lease, requested) = try model.renew(id, queryDuration: queryDuration, body: body, now: now)
        switch model.settings.renewReply {
        case .lease: return NotebookWriter.answer(lease)
        case .noContent: return WireAnswer(status: 204)
        case .echo:
            return .json(200) { json in
                json.object { json in
                    json.field("create_at", lease.createdAt)
                    json.field("duration", requested.duration ?? CloudModel.defaultLease)
                    json.field("enable", true)
                    json.field("type", lease.type.rawValue)
                    json.field("update_at", lease.updatedAt)
                }
            }
        }
    }

    private mutating func projectTags(now: Int64) -> WireAnswer {
        let tags = model.projectTags(now: now)
        return .json(200) { json in
            json.object { json in
                json.key("tags")
                json.array { json in
                    for (key, values) in tags {
                        json.object { json in
                            json.field("key", key)
                            json.key("values")
                            json.array { json in
                                for value in values { json.value(value) }
                            }
                        }
                    }
                }
            }
        }
    }
}
