// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What a refusal means, by the pair of HTTP status and code (ModelArts API reference, section 8.2).
///
/// The pair, because some codes are used twice with different meanings; never the text.
enum Refusal: Equatable {
    case gone
    case alreadyStopped
    case busy
    case throttled
    /// The credentials are wrong, unknown or expired.
    case credentials
    /// The account itself is suspended or restricted.
    case account
    /// The project of the request is not the one of the credentials.
    case project
    case permission
    /// The address leads to nothing.
    case noSuchAPI
    /// The notebook is frozen because bills are open.
    case frozen
    case transient
    /// The gateway stopped waiting for the service, which may have finished the job.
    case gatewayTimeout
    case redirect
    case other

    init(status: Int, code: String?) {
        self = Self.byPair(status, code ?? "") ?? Self.byStatus(status)
    }

    private static func byPair(_ status: Int, _ code: String) -> Refusal? {
        switch (status, code) {
        case (400, "ModelArts.6309"), (400, "ModelArts.6404"), (404, "ModelArts.6309"), (404, "ModelArts.6404"): .gone
        case (400, "ModelArts.6307"): .alreadyStopped
        case (400, "ModelArts.6305"), (400, "ModelArts.6306"), (400, "ModelArts.6308"), (400, "ModelArts.6327"),
            (400, "ModelArts.6347"), (400, "ModelArts.6357"):
            .busy
        case (_, "APIG.0308"), (_, "ModelArts.6101"): .throttled
        case (401, "ModelArts.6201"), (401, "ModelArts.6203"): .account
        case (401, "ModelArts.0112"): .permission
        case (403, "ModelArts.0203"), (403, "ModelArts.0206"), (403, "ModelArts.6401"): .credentials
        case (401, "ModelArts.0210"), (403, "ModelArts.0210"), (403, "APIG.0310"), (400, "ModelArts.0210"),
            (400, "ModelArts.0204"):
            .project
        case (500, "ModelArts.0109"): .permission
        case (404, "APIG.0101"): .noSuchAPI
        case (400, "ModelArts.6326"): .frozen
        case (400, "ModelArts.6333"), (400, "ModelArts.6355"), (400, "ModelArts.6361"): .transient
        default: nil
        }
    }

    private static func byStatus(_ status: Int) -> Refusal {
        switch status {
        case 300..<400: .redirect
        case 401: .credentials
        case 403: .permission
        case 404: .noSuchAPI
        case 408, 504: .gatewayTimeout
        case 429: .throttled
        case 500...599: .transient
        default: .other
        }
    }

    /// What it tells about the credentials, for the gate.
    ///
    /// Only what the service itself answers after looking at the credentials counts as accepted: a gateway can throttle,
    /// time out or not know a path before it checks anything. A 401 is a refusal whatever its code says.
    func verdict(status: Int, code: String?) -> AuthenticationGate.Verdict {
        if status == 401 { return .refused }
        return switch self {
        case .credentials, .account: .refused
        case .gone, .alreadyStopped, .busy, .permission, .project, .frozen: .accepted
        case .throttled, .noSuchAPI, .transient, .gatewayTimeout, .redirect: .undecided
        case .other: code?.hasPrefix("ModelArts.") == true ? .accepted : .undecided
        }
    }
}
