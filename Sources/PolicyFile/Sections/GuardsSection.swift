// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads `guards`: the bounds on what happens when everything looks due at once.
struct GuardsSection {
    func read(_ reader: MappingReader) -> GuardSettings {
        var guards = GuardSettings()
        if let stops = reader.mapping("stops", .stopsGuard) {
            guards.stops.count = stops.count("count", in: 0...1_000_000)?.value ?? guards.stops.count
            guards.stops.percent = stops.percent("percent")?.value ?? guards.stops.percent
            guards.stops.within = stops.duration("within", .positive)?.value ?? guards.stops.within
        }
        if let blind = reader.mapping("blind", .blindGuard) {
            guards.blind.percent = blind.percent("percent")?.value ?? guards.blind.percent
        }
        guards.coldStart = reader.duration("coldStart", .orZero)?.value ?? guards.coldStart
        return guards
    }
}
