// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// The two IAM calls that a client of notebooks needs: a token for a password, and the id of a project by its name.
enum IAMService {
    /// The account that owns the project and its users.
    static let domain = (id: StableID.hexadecimal(of: "domain", digits: 32), name: "example-account")

    private struct TokenRequest: Decodable {
        let auth: Auth

        struct Auth: Decodable {
            let identity: Identity
            let scope: Scope?
        }
        struct Identity: Decodable {
            let methods: [String]
            let password: Password
        }
        struct Password: Decodable {
            let user: User
        }
        struct User: Decodable {
            let name: String
            let password: String
            let domain: Named
        }
        struct Scope: Decodable {
            let project: Named?
        }
        struct Named: Decodable {
            let id: String?
            let name: String?
        }
    }

    /// `POST /v3/auth/tokens`: the token comes in the header `X-Subject-Token`.
    static func issueToken(
        _ request: WireRequest,
        directory: inout AccessDirectory,
        projectName: String,
        now: Int64
    ) throws(APIError) -> WireAnswer {
        guard let wanted = try? JSONDecoder().decode(TokenRequest.self, from: Data(request.body)) else {
            // What exactly is wrong with the body is of no use to a client here.
            throw APIError(400, "Bad Request", "The request body is invalid.", origin: .iam)
        }
        let claimed = wanted.auth.identity.password.user
        let domainMatches = claimed.domain.name == domain.name || claimed.domain.id == domain.id
        guard let user = directory.users[claimed.name], user.password == claimed.password, domainMatches else {
            throw APIError(401, "Unauthorized", "The username or password is wrong.", origin: .iam)
        }
        let project = wanted.auth.scope?.project
        if let project, project.id != directory.projectID, project.name != projectName {
            throw APIError(401, "Unauthorized", "The project does not exist.", origin: .iam)
        }
        let token = directory.tokens.issue(to: user.identity, isProjectScoped: project != nil, now: now)
        let expiresAt = now + directory.tokens.lifetime
        var answer = WireAnswer.json(201) { json in
            json.object { json in
                json.key("token")
                json.object { json in
                    json.field("expires_at", CivilTime(expiresAt).iso8601WithMicroseconds)
                    json.field("issued_at", CivilTime(now).iso8601WithMicroseconds)
                    json.key("methods")
                    json.array { $0.value("password") }
                    if project != nil {
                        json.key("project")
                        write(project: directory.projectID, name: projectName, &json)
                    }
                    json.key("user")
                    json.object { json in
                        json.field("id", user.identity.user.id)
                        json.field("name", user.identity.user.name)
                        writeDomain(&json)
                    }
                    json.key("roles")
                    json.array { _ in }
                }
            }
        }
        answer.headers.append(WireAnswer.Header("X-Subject-Token", token))
        return answer
    }

    /// `GET /v3/projects?name=`: the projects of that name, of which there is one or none.
    static func listProjects(_ request: WireRequest, projectID: String, projectName: String) -> WireAnswer {
        let name = request.queryValue("name")
        return WireAnswer.json(200) { json in
            json.object { json in
                json.key("projects")
                json.array { json in
                    if name == nil || name == projectName { write(project: projectID, name: projectName, &json) }
                }
            }
        }
    }

    private static func write(project id: String, name: String, _ json: inout JSONWriter) {
        json.object { json in
            json.field("id", id)
            json.field("name", name)
            json.field("domain_id", domain.id)
            json.field("enabled", true)
            writeDomain(&json)
        }
    }

    private static func writeDomain(_ json: inout JSONWriter) {
        json.key("domain")
        json.object { json in
            json.field("id", domain.id)
            json.field("name", domain.name)
        }
    }
}
