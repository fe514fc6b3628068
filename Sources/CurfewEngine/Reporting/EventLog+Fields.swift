// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Logging

extension Logger.Metadata {
    func adding(_ key: String, _ value: String?) -> Logger.Metadata {
        guard let value else { return self }
        var copy = self
        copy[key] = "\(value)"
        return copy
    }
}

extension Notebook {
    /// The notebook as people call it: `trainer (alice)`.
    var label: String {
        owner.name.map { "\(name) (\($0))" } ?? name
    }

    /// What the journal says of the notebook; never its address or token.
    var fields: Logger.Metadata {
        Logger.Metadata()
            .adding("notebook.id", id.text)
            .adding("notebook.name", name)
            .adding("owner", owner.name ?? owner.id)
            .adding("status", status.description)
    }

    func completionDetail(_ decision: Decision) -> String {
        guard case .prolong = decision.action, let expiry = lease.lease?.expiry else { return "" }
        return ": its lease now ends at \(expiry)"
    }
}

extension Decision {
    var reasonText: String { reasons.map(\.description).joined(separator: "; ") }
    var ruleText: String { rule.map { " [rule \"\($0)\"]" } ?? "" }

    var intention: String {
        switch action {
        case .prolong(let duration, _): "prolonging by \(duration.spanText)"
        case .stop: "stopping"
        case .warn: "warning"
        case .leave: "leaving"
        }
    }

    var completion: String {
        switch action {
        case .prolong: "prolonged"
        case .stop: "stopped"
        case .warn: "warned"
        case .leave: "left"
        }
    }

    /// What the journal says of the decision.
    var fields: Logger.Metadata {
        Logger.Metadata()
            .adding("action", action.name)
            .adding("rule", rule)
            .adding("reason", reasons.map(\.code).joined(separator: ","))
            .adding("deadline", deadline?.description)
            .adding("evidence", evidenceText)
    }

    private var evidenceText: String? {
        guard let activity, !activity.evidence.isEmpty else { return nil }
        return activity.evidence.map(\.text).joined(separator: "; ")
    }
}

extension Observation {
    /// The look in words: `jupyter: idle since …, looked at …`.
    fileprivate var text: String {
        let state =
            switch activity {
            case .active: "active"
            case .idle(let since): "idle since \(since)"
            case .unknown(let why): "unknown, \(why)"
            }
        return "\(source): \(state)\(detail.isEmpty ? "" : " (\(detail))"), looked at \(observedAt)"
    }
}

extension ActionAttempt.Order {
    var text: String {
        switch self {
        case .stop: "stop"
        case .renew(let order): "lease of \(order.duration.spanText), type \(order.kind),"
        }
    }
}
