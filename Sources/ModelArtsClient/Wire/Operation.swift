// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import NIOHTTP1

/// One thing that is asked of the API, with what is needed to ask it and to understand a refusal.
enum Operation: Sendable, Equatable {
    /// One page of a listing, by the offset of its first record.
    case list(scope: ServiceSettings.Scope, offset: Int)
    case show(NotebookID)
    case showLease(NotebookID)
    case renew(NotebookID)
    case stop(NotebookID)
    /// A user's password for a token; asked of IAM, not of ModelArts.
    case getToken

    /// What is being done, for `ServiceFailure.doing`.
    var doing: String {
        switch self {
        case .list(_, let offset): "listing notebooks (page at \(offset))"
        case .show(let id): "reading notebook \(id)"
        case .showLease(let id): "reading the lease of notebook \(id)"
        case .renew(let id): "prolonging the lease of notebook \(id)"
        case .stop(let id): "stopping notebook \(id)"
        case .getToken: "getting a token from IAM"
        }
    }

    /// The IAM action that allows it (ModelArts API reference, section 2.3).
    var action: String {
        switch self {
        case .list(.project, _): "modelarts:notebook:listAllNotebooks"
        case .list(.own, _): "modelarts:notebook:list"
        case .show, .showLease: "modelarts:notebook:get"
        case .renew: "modelarts:notebook:updateStopPolicy"
        case .stop: "modelarts:notebook:stop"
        case .getToken: "iam:tokens:create"
        }
    }

    /// Whether it changes a notebook; such a request is sent once, and never after waiting.
    var isMutation: Bool {
        switch self {
        case .renew, .stop: true
        case .list, .show, .showLease, .getToken: false
        }
    }

    /// What was ordered goes before everything else, since its facts grow old; pages stand back behind everything that
    /// concerns one notebook, which has a deadline.
    var priority: AuthenticationGate.Priority {
        switch self {
        case .renew, .stop: .order
        case .show, .showLease, .getToken: .single
        case .list: .page
        }
    }

    /// The method on the wire.
    var method: HTTPMethod {
        switch self {
        case .list, .show, .showLease: .GET
        case .renew: .PATCH
        case .stop, .getToken: .POST
        }
    }
}
