// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The parts of a creation request that matter here.
package struct NotebookRequest: Sendable {
    package var name: String
    package var flavor: String
    package var imageID: String
    package var description = ""
    package var feature = "NOTEBOOK"
    package var workspaceID = "0"
    package var pool: String?
    package var lease = LeaseRequest()

    package init(name: String, flavor: String, imageID: String) {
        self.name = name
        self.flavor = flavor
        self.imageID = imageID
    }
}

extension CloudModel {
    /// Creates a notebook; it is CREATING for a while.
    package mutating func create(
        _ request: NotebookRequest,
        owner: NotebookOwner,
        now: Int64
    ) throws(APIError) -> SimulatedNotebook {
        advance(to: now)
        guard !request.name.isEmpty, request.name.unicodeScalars.count <= 128 else {
            throw .badPayload("The name must have 1 to 128 characters.")
        }
        try checkDescription(request.description)
        let duration = request.lease.duration ?? Self.defaultLease
        guard duration == -1 || settings.leaseLengths.contains(duration) else { throw .leaseOutOfRange }
        let id = StableID.uuid(of: "created:\(now):\(count):\(request.name)")
        var notebook = SimulatedNotebook(
            id: id,
            name: request.name,
            description: request.description,
            tags: [],
            owner: owner,
            flavor: request.flavor,
            feature: request.feature,
            workspaceID: request.workspaceID,
            imageID: request.imageID,
            imageName: "image",
            pool: request.pool,
            createdAt: now,
            updatedAt: now,
            status: .creating,
            lease: Lease(createdAt: now, requested: duration, type: request.lease.type ?? .timing, now: now),
            token: StableID.uuid(of: "token:\(id):1"),
            runStartedAt: nil,
            behaviour: .untouched
        )
        notebook.phaseEndsAt = now + settings.startDelay
        insert(notebook, now: now)
        return notebook
    }

    /// Changes name or description; allowed in any status, as seen in the field against the letter of the documents.
    package mutating func update(
        _ id: String,
        name: String? = nil,
        description: String? = nil,
        now: Int64
    ) throws(APIError) -> SimulatedNotebook {
        let index = try locate(id, now: now)
        if let description { try checkDescription(description) }
        return change(index, now: now) { notebook in
            if let name { notebook.name = name }
            if let description { notebook.description = description }
            notebook.updatedAt = now
        }
    }

    private func checkDescription(_ text: String) throws(APIError) {
        guard text.unicodeScalars.count <= 512, !text.contains("<"), !text.contains(">") else {
            throw APIError(400, "ModelArts.6334", "The description contains a forbidden character or is too long.")
        }
    }
}
