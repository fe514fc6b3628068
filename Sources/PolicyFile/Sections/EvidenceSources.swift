// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// The sources of activity that a policy names, the broken ones included, so that a rule that uses a broken one is not
/// blamed for it.
struct EvidenceSources {
    private(set) var names: [(name: String, place: Place)] = []
    private(set) var sources: [EvidenceSource] = []
    /// Whether every name could be read; otherwise a name that is not there may be meant all the same.
    var isComplete = true

    mutating func add(_ name: String, at place: Place, _ source: EvidenceSource?) {
        names.append((name, place))
        if let source { sources.append(source) }
    }

    /// Whether rules may be told that a name is unknown, or that there is no source.
    var isEmpty: Bool { names.isEmpty && isComplete }

    func contains(_ name: String) -> Bool { !isComplete || names.contains { $0.name == name } }

    /// What a rule uses that names no source itself: every Jupyter server.
    var standard: [EvidenceRequirement.Use] {
        sources.compactMap { source in
            if case .jupyter = source.kind { EvidenceRequirement.Use(source: source.name) } else { nil }
        }
    }
}
