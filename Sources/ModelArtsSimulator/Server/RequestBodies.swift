// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// The JSON bodies of requests, decoded leniently: unknown members are ignored, as the cloud does.
enum RequestBodies {
    private struct LeaseBody: Decodable {
        let duration: Int64?
        let type: String?
    }

    private struct UpdateBody: Decodable {
        let name: String?
        let description: String?
    }

    private struct TagsBody: Decodable {
        struct Tag: Decodable {
            let key: String
            let value: String?
        }
        let tags: [Tag]
    }

    private struct CreateBody: Decodable {
        let name: String
        let flavor: String
        let imageID: String
        let description: String?
        let feature: String?
        let workspaceID: String?
        let poolID: String?
        let duration: Int64?
        let lease: LeaseBody?

        enum CodingKeys: String, CodingKey {
            case name
            case flavor
            case imageID = "image_id"
            case description
            case feature
            case workspaceID = "workspace_id"
            case poolID = "pool_id"
            case duration
            case lease
        }
    }

    /// The lease of a body; an empty body asks for the defaults.
    static func lease(_ body: [UInt8]) throws(APIError) -> LeaseRequest {
        guard !body.isEmpty else { return LeaseRequest() }
        return try leaseRequest(decode(LeaseBody.self, body))
    }

    /// The lease of a query, where `start` and the older form of `renew` carry it.
    static func lease(query request: WireRequest) throws(APIError) -> LeaseRequest {
        var lease = LeaseRequest()
        if let text = request.queryValue("duration") {
            guard let duration = Int64(text) else {
                throw APIError(400, "ModelArts.0104", "The value \(text) of the parameter duration is not valid.")
            }
            lease.duration = duration
        }
        if let text = request.queryValue("type") { lease.type = try leaseType(text) }
        return lease
    }

    static func update(_ body: [UInt8]) throws(APIError) -> (name: String?, description: String?) {
        let decoded = try decode(UpdateBody.self, body)
        return (decoded.name, decoded.description)
    }

    static func tags(_ body: [UInt8]) throws(APIError) -> [SimulatedNotebook.Tag] {
        try decode(TagsBody.self, body).tags.map { SimulatedNotebook.Tag($0.key, $0.value ?? "") }
    }

    static func notebook(_ body: [UInt8]) throws(APIError) -> NotebookRequest {
        let decoded = try decode(CreateBody.self, body)
        var request = NotebookRequest(name: decoded.name, flavor: decoded.flavor, imageID: decoded.imageID)
        request.description = decoded.description ?? ""
        request.feature = decoded.feature?.uppercased() ?? "NOTEBOOK"
        request.workspaceID = decoded.workspaceID ?? "0"
        request.pool = decoded.poolID
        if let lease = decoded.lease { request.lease = try leaseRequest(lease) }
        if request.lease.duration == nil { request.lease.duration = decoded.duration }
        return request
    }

    private static func leaseRequest(_ body: LeaseBody) throws(APIError) -> LeaseRequest {
        var type: LeaseType?
        if let text = body.type { type = try leaseType(text) }
        return LeaseRequest(duration: body.duration, type: type)
    }

    private static func leaseType(_ text: String) throws(APIError) -> LeaseType {
        guard let type = LeaseType(wire: text) else { throw .badPayload("The lease type \(text) is not known.") }
        return type
    }

    private static func decode<Body: Decodable>(_ type: Body.Type, _ body: [UInt8]) throws(APIError) -> Body {
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch {
            throw .badPayload("The request body is not valid JSON of the expected form.")
        }
    }
}
