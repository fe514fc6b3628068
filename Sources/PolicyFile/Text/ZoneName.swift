// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import Foundation

/// Reads the name of a time zone, strictly.
///
/// Foundation alone is too obliging: it takes `PST` and `GMT+5` for fixed offsets, which forget daylight saving time.
/// Only `UTC` and the names `Area/City` of the IANA database are accepted, and an unknown one is never replaced by the
/// host's zone.
enum ZoneName {
    /// The zone of that name; nil when there is none.
    static func zone(_ name: String) -> TimeZone? {
        if name == "UTC" { return .gmt }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 2, parts.allSatisfy({ !$0.isEmpty }), parts[0] != "SystemV" else { return nil }
        guard let zone = TimeZone(identifier: name), zone.identifier == name else { return nil }
        return zone
    }

    /// What to write instead of a name that is none.
    static func hint(for name: String) -> String {
        let candidates = TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") } + ["UTC"]
        let city = name.split(separator: "/").last.map { $0.lowercased().replacing(" ", with: "_") } ?? ""
        let namesake = candidates.first { $0.split(separator: "/").last?.lowercased() == city }
        if let meant = neighbours[city] ?? namesake { return "; did you mean \(meant)?" }
        if !name.contains("/"), name.contains(where: \.isNumber) || name == name.uppercased() {
            return "; offsets and abbreviations do not tell when the clocks are changed"
        }
        return Suggestion.clause(for: name, among: candidates, quote: { $0 })
    }

    /// Zones of well-known cities that the IANA database does not name.
    private static let neighbours = [
        "beijing": "Asia/Shanghai", "shenzhen": "Asia/Shanghai", "guangzhou": "Asia/Shanghai",
        "munich": "Europe/Berlin", "frankfurt": "Europe/Berlin", "hamburg": "Europe/Berlin",
        "bangalore": "Asia/Kolkata", "san_francisco": "America/Los_Angeles",
    ]
}
