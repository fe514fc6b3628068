// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension Duration {
    /// The span as people write it, in at most two units: `1h 3min`, `2d 4h`, `45s`, `300ms`; `0s` for none.
    package var spanText: String {
        let milliseconds = wholeMilliseconds
        guard milliseconds >= 0 else { return "-" + Duration.milliseconds(-milliseconds).spanText }
        guard milliseconds >= 1_000 || milliseconds == 0 else { return "\(milliseconds)ms" }
        var rest = milliseconds / 1_000
        var parts: [String] = []
        for (unit, seconds) in Self.units {
            let count = rest / seconds
            rest %= seconds
            if count > 0 { parts.append("\(count)\(unit)") }
            // Two neighbouring units say enough: nobody needs the seconds of a day.
            if parts.count == 2 || (count == 0 && !parts.isEmpty) { break }
        }
        return parts.isEmpty ? "0s" : parts.joined(separator: " ")
    }

    private static let units: [(String, Int64)] = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)]
}
