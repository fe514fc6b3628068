// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A refusal, in one of the three body shapes of the ModelArts API reference.
///
/// Clients should match on the pair of status and code; the texts follow the published ones but promise nothing.
package struct APIError: Error, Equatable, Sendable {
    /// Which part of the cloud speaks, and so which shape the body has.
    package enum Origin: Sendable {
        /// `{"error_code", "error_msg"}`
        case modelArts
        /// `{"error_code", "error_msg", "request_id"}`
        case gateway
        /// `{"error": {"code", "message", "title"}}`
        case iam
    }

    /// The HTTP status.
    package let status: Int

    /// For example `ModelArts.6309`.
    package let code: String

    package let message: String

    package let origin: Origin

    package init(_ status: Int, _ code: String, _ message: String, origin: Origin = .modelArts) {
        self.status = status
        self.code = code
        self.message = message
        self.origin = origin
    }

    /// A refusal by the API gateway.
    static func gateway(_ status: Int, _ code: String, _ message: String) -> APIError {
        APIError(status, code, message, origin: .gateway)
    }

    /// A refused AK/SK signature or token: 401 APIG.0301.
    static func notAuthenticated(_ why: String) -> APIError {
        .gateway(401, "APIG.0301", "Incorrect IAM authentication information: \(why)")
    }

    /// The answer that carries this refusal.
    /// - Parameter requestID: What `X-Request-Id` says; the gateway repeats it in the body.
    /// - Returns: The answer with a JSON body.
    func answer(requestID: String) -> WireAnswer {
        WireAnswer.json(status) { json in
            json.object { json in
                switch origin {
                case .modelArts, .gateway:
                    json.field("error_code", code)
                    json.field("error_msg", message)
                    if origin == .gateway { json.field("request_id", requestID) }
                case .iam:
                    json.key("error")
                    json.object { json in
                        json.field("code", status)
                        json.field("message", message)
                        json.field("title", code)
                    }
                }
            }
        }
    }
}

extension APIError {
    static func noSuchNotebook(code: String) -> APIError {
        APIError(400, code, "The notebook instance does not exist.")
    }

    static func badPayload(_ message: String) -> APIError { APIError(400, "ModelArts.6400", message) }

    static let leaseOutOfRange = APIError(
        400,
        "ModelArts.6349",
        "The auto-stop duration is out of range: 3600000 to 259200000 ms."
    )
    static let notRunning = APIError(400, "ModelArts.6327", "The notebook instance is not running.")
    static let alreadyRunning = APIError(400, "ModelArts.6305", "The notebook instance is already running.")
    static let starting = APIError(400, "ModelArts.6306", "The notebook instance is being started.")
    static let stopping = APIError(400, "ModelArts.6308", "The notebook instance is being stopped.")
    static let stopFirst = APIError(400, "ModelArts.6304", "Stop the notebook instance before deleting it.")
    static let frozen = APIError(400, "ModelArts.6326", "The notebook instance is frozen because of arrears.")
    static let leaseFixed = APIError(400, "ModelArts.6347", "Auto stop cannot be modified in the current status.")
    static let otherOperation = APIError(
        400,
        "ModelArts.6357",
        "Another operation is in progress, or the notebook instance is already in the target status."
    )
}
