// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension Section {
    /// The keys of this place that hold a mapping with keys of its own.
    private var parts: [(key: String, section: Section)] {
        switch self {
        case .policy: [("service", .service), ("marks", .marks), ("defaults", .defaults), ("guards", .guards)]
        case .service: [("credentials", .credentials)]
        case .defaults: [("idle", .defaultIdle), ("lease", .defaultLease)]
        case .rule: [("match", .match), ("keepAlive", .keepAlive), ("idle", .idle), ("stop", .stop)]
        case .guards: [("stops", .stopsGuard), ("blind", .blindGuard)]
        default: []
        }
    }

    /// The keys of this place under which `key` may stand: it was probably indented too little.
    func parts(taking key: String) -> [String] {
        parts.filter { $0.section.keys.contains(key) }.map(\.key)
    }
}
