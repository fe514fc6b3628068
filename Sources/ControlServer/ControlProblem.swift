// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import ControlProtocol

/// Why a request is not done; becomes problem details (RFC 9457).
package struct ControlProblem: Error, Sendable {
    package var status: Status
    /// A stable kebab-case name, for programs; the end of the problem's type.
    package var code: String
    /// What happened and what to do next.
    package var detail: String
    /// What an ambiguous name may mean.
    package var candidates: [NotebookName]?
    /// What is wrong with a policy that was not taken.
    package var diagnostics: [String]?

    package init(
        _ status: Status,
        code: String,
        _ detail: String,
        candidates: [NotebookName]? = nil,
        diagnostics: [String]? = nil
    ) {
        (self.status, self.code, self.detail) = (status, code, detail)
        (self.candidates, self.diagnostics) = (candidates, diagnostics)
    }

    /// The status codes that problems have, with their phrases (RFC 9110, RFC 6585).
    package enum Status: Int, Sendable {
        case badRequest = 400
        case forbidden = 403
        case notFound = 404
        case methodNotAllowed = 405
        case notAcceptable = 406
        case conflict = 409
        case contentTooLarge = 413
        case addressTooLong = 414
        case unsupportedMediaType = 415
        case unprocessable = 422
        case headersTooLarge = 431
        case failed = 500
        case unavailable = 503

        package var phrase: String {
            switch self {
            case .badRequest: "Bad Request"
            case .forbidden: "Forbidden"
            case .notFound: "Not Found"
            case .methodNotAllowed: "Method Not Allowed"
            case .notAcceptable: "Not Acceptable"
            case .conflict: "Conflict"
            case .contentTooLarge: "Content Too Large"
            case .addressTooLong: "URI Too Long"
            case .unsupportedMediaType: "Unsupported Media Type"
            case .unprocessable: "Unprocessable Content"
            case .headersTooLarge: "Request Header Fields Too Large"
            case .failed: "Internal Server Error"
            case .unavailable: "Service Unavailable"
            }
        }
    }

    /// The problem as it is answered.
    package var document: ProblemDocument {
        ProblemDocument(
            type: "urn:curfew:problem:\(code)",
            title: status.phrase,
            status: status.rawValue,
            detail: detail,
            candidates: candidates,
            diagnostics: diagnostics
        )
    }
}

extension ControlProblem {
    /// A request that nobody can make sense of.
    package static func badRequest(_ detail: String) -> ControlProblem {
        ControlProblem(.badRequest, code: "bad-request", detail)
    }

    /// The daemon could not do what it should be able to do.
    package static func failed(_ detail: String) -> ControlProblem {
        ControlProblem(.failed, code: "failed", detail)
    }

    /// The daemon cannot answer yet, or no more.
    package static func unavailable(_ detail: String) -> ControlProblem {
        ControlProblem(.unavailable, code: "unavailable", detail)
    }
}
