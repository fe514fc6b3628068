// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What can be asked for, by the path of its address.
enum Endpoint: Equatable {
    case status
    case events
    case notebooks
    case explanation(notebook: String)
    case history
    case report
    case keep(notebook: String)
    case release(notebook: String)
    case freeze
    case thaw
    case approve
    case reload

    private static let fixed: [Substring: Endpoint] = [
        "status": .status, "events": .events, "notebooks": .notebooks, "history": .history, "report": .report,
        "freeze": .freeze, "thaw": .thaw, "approve": .approve, "reload": .reload,
    ]

    /// The endpoint of a path; nil when there is none.
    init?(path: Substring) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0].isEmpty, parts[1] == "v1" else { return nil }
        if parts.count == 3, let endpoint = Self.fixed[parts[2]] {
            self = endpoint
        } else if parts.count == 5, parts[2] == "notebooks",
            let name = String(parts[3]).removingPercentEncoding, !name.isEmpty,
            name.unicodeScalars.count <= 256, let endpoint = Self.ofNotebook(name, parts[4])
        {
            self = endpoint
        } else {
            return nil
        }
    }

    private static func ofNotebook(_ name: String, _ what: Substring) -> Endpoint? {
        switch what {
        case "explanation": .explanation(notebook: name)
        case "keep": .keep(notebook: name)
        case "release": .release(notebook: name)
        default: nil
        }
    }

    /// What it takes behind the question mark.
    var parameters: Set<String> {
        switch self {
        case .status, .events: ["owner", "action", "rule", "form"]
        case .explanation: ["at"]
        case .history: ["notebook", "since", "limit"]
        case .report: ["since", "until"]
        case .notebooks, .keep, .release, .freeze, .thaw, .approve, .reload: []
        }
    }

    /// Whether it changes something.
    var isAct: Bool {
        switch self {
        case .status, .events, .notebooks, .explanation, .history, .report: false
        case .keep, .release, .freeze, .thaw, .approve, .reload: true
        }
    }

    /// The methods that it takes, for `Allow`.
    var methods: [String] { isAct ? ["POST", "OPTIONS"] : ["GET", "HEAD", "OPTIONS"] }

    /// The media type of its answers.
    var mediaType: String { self == .events ? "text/event-stream" : "application/json" }
}
