// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads `plausibility`: whether use that looks made up is reported.
struct PlausibilitySection {
    /// The settings; nil when nothing is to be reported.
    func read(_ reader: MappingReader) -> PlausibilitySettings? {
        let report = reader.flag("report")?.value ?? false
        let openTabAfter = reader.duration("openTabAfter", .positive)?.value
        guard report else { return nil }
        return openTabAfter.map { PlausibilitySettings(openTabAfter: $0) } ?? PlausibilitySettings()
    }
}
