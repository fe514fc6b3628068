// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// How long an event takes, as written: days on the calendar, and then exact time (RFC 5545, 3.3.6).
struct EventLength: Equatable {
    var days = 0
    var seconds = 0

    /// Reads `P1D`, `PT1H30M`, `P2W`; nil for anything else, and for lengths of more than ten years.
    init?(_ text: String) {
        var rest = Substring(text)
        if rest.first == "+" { rest.removeFirst() }
        guard rest.popFirst() == "P", !rest.isEmpty else { return nil }
        let parts = rest.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.count == 1 || !parts[1].isEmpty else { return nil }
        guard let dates = Self.numbers(parts[0], units: "WD"),
            let times = Self.numbers(parts.count == 2 ? parts[1] : "", units: "HMS")
        else { return nil }
        days = (dates["W"] ?? 0) * 7 + (dates["D"] ?? 0)
        seconds = (times["H"] ?? 0) * 3_600 + (times["M"] ?? 0) * 60 + (times["S"] ?? 0)
        guard days + seconds / 86_400 <= 3_653 else { return nil }
    }

    init(days: Int, seconds: Int = 0) {
        self.days = days
        self.seconds = seconds
    }

    /// Numbers with their units, each unit once and in the given order.
    private static func numbers(_ text: Substring, units: String) -> [Character: Int]? {
        var result: [Character: Int] = [:]
        var units = Substring(units)
        var digits = ""
        for character in text {
            if character.isASCII, character.isNumber, digits.count < 9 {
                digits.append(character)
            } else {
                guard let number = Int(digits), let index = units.firstIndex(of: character) else { return nil }
                result[character] = number
                units = units[units.index(after: index)...]
                digits = ""
            }
        }
        return digits.isEmpty ? result : nil
    }
}
