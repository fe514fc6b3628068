// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A place of the policy language that has keys of its own.
///
/// The raw value is how the place is named in messages, in `docs/policy.md` and in the definitions of the JSON schema.
package enum Section: String, CaseIterable, Sendable {
    case policy
    case service
    case credentials = "service.credentials"
    case evidenceSource = "evidence.NAME"
    case marks
    case defaults
    case defaultIdle = "defaults.idle"
    case defaultLease = "defaults.lease"
    case rule
    case match
    case keepAlive
    case idle
    case evidenceUse = "idle.evidence"
    case stop
    case guards
    case stopsGuard = "guards.stops"
    case blindGuard = "guards.blind"
    case plausibility
    case control
    case calendar = "calendars.NAME"
    case spent = "match.spent"
    case prices
    case price = "prices.perHour"

    /// Every key that may stand here; the one table that the loader, its suggestions, the schema and the documentation
    /// are held to.
    package var keys: [String] {
        switch self {
        case .policy:
            [
                "version", "mode", "timeZone", "service", "calendars", "evidence", "marks", "defaults", "rules",
                "guards", "plausibility", "control", "prices",
            ]
        case .service:
            [
                "kind", "region", "endpoint", "projectID", "scope", "workspaceID", "pollEvery", "credentials", "caFile",
            ]
        case .credentials: ["kind", "user", "domain", "iamEndpoint", "metadataEndpoint"]
        case .evidenceSource:
            [
                "kind", "timeout", "busyKernelIsActive", "connectionIsActive", "terminalIsActive", "auth", "endpoint",
                "query", "notebookLabel", "activeAbove", "lag", "user", "caFile", "command", "concurrency",
                "unknownAfter",
            ]
        case .marks: ["tag", "description", "longest"]
        case .defaults: ["idle", "lease"]
        case .defaultIdle: ["budget", "evidence", "atLeast"]
        case .defaultLease: ["extendBy", "renewBefore"]
        case .rule: ["name", "match", "keepAlive", "idle", "stop", "exempt"]
        case .match:
            [
                "id", "name", "owner", "workspace", "flavor", "image", "pool", "feature", "tag", "description",
                "leaseType", "marked", "runningFor", "during", "spent", "not",
            ]
        case .keepAlive: ["until", "extendBy", "renewBefore", "leaseType", "reason"]
        case .idle: ["budget", "evidence", "atLeast", "warn", "whileActive"]
        case .evidenceUse: ["source", "optional", "maxAge"]
        case .stop: ["warn"]
        case .guards: ["stops", "blind", "coldStart"]
        case .stopsGuard: ["count", "percent", "within"]
        case .blindGuard: ["percent"]
        case .plausibility: ["report", "openTabAfter"]
        case .control: ["operators"]
        case .calendar: ["windows", "except", "also", "file"]
        case .spent: ["per", "within", "hours", "cost", "warnAt"]
        case .prices: ["currency", "perHour"]
        case .price: ["flavor", "price"]
        }
    }
}
