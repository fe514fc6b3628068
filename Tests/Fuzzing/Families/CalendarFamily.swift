// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import PolicyFile

/// Calendar files: times, or errors where the policy names the file.
enum CalendarFamily {
    private static let tokens = [
        "\r\n", "\n", "\r\n ", "\n\t", ":", ";", "=", ",", "\"", "BEGIN:VEVENT\r\n", "END:VEVENT\r\n",
        "BEGIN:VALARM\r\n",
        "END:VCALENDAR\r\n", "DTSTART;VALUE=DATE:20000229\r\n", "DTEND:99991231T235960Z\r\n", "DURATION:P99999W\r\n",
        "DURATION:-PT1S\r\n", "RRULE:FREQ=YEARLY;", "INTERVAL=0", "COUNT=99999999999999999999", "UNTIL=99991231",
        "BYDAY=-53SU,53MO", "BYMONTHDAY=-31,31", "BYMONTH=2", "EXDATE:", "RDATE:", "RECURRENCE-ID:", "TZID=", "VALUE=",
        "Pacific/Apia", "W. Europe Standard Time", "//", "19700101T000000", "21000101", "00000000", "\u{FEFF}", "\u{1}",
        "é",
        "🎉", "\u{2028}", "STATUS:CANCELLED\r\n",
    ]

    private static let policy = """
        version: 1
        timeZone: America/Havana
        service: {kind: modelarts, region: eu-de, projectID: p}
        calendars:
          events: {file: events.ics, except: 2026-12-25}
          windows: {windows: "Mon..Fri 20:00..07:00", file: events.ics, also: 2026-12-26}
        rules: [{name: a, match: {during: [events, windows]}, exempt: true}]
        """

    static func play(_ bench: Bench, _ random: inout SeededGenerator) throws -> Bool {
        var bytes = random.pick(from: bench.corpus.calendars) ?? []
        let other = random.pick(from: bench.corpus.calendars) ?? []
        ByteMutator.mutate(&bytes, tokens: tokens, splicing: other, &random)
        let load = PolicyLoader().load(
            text: policy,
            file: "policy.yaml",
            now: CaseTime.start,
            files: ["events.ics": bytes]
        )
        for diagnostic in load.diagnostics {
            try promise(
                [5, 6].contains(diagnostic.line),
                "a problem is where the file is named: \(diagnostic)",
                [bytes]
            )
            try promise(diagnostic.message.isOneHarmlessLine, "a message is one line: \(diagnostic)", [bytes])
            try promise(diagnostic.message.utf8.count < 1_000, "a message is short: \(diagnostic)", [bytes])
        }
        let hasErrors = load.diagnostics.contains { $0.severity == .error }
        try promise(hasErrors == (load.policy == nil), "a policy or an error, not both: \(load.diagnostics)", [bytes])
        guard let policy = load.policy else { return false }
        try check(policy, bytes)
        return true
    }

    /// A walk along the times: each change is in the future, and is one.
    private static func check(_ policy: Policy, _ bytes: [UInt8]) throws {
        for case .during(let times)? in policy.rules.map(\.match.conditions.first) {
            var instant = CaseTime.start
            for _ in 0..<20 {
                guard let next = times.nextChange(after: instant) else { break }
                try promise(next > instant, "a change lies in the future: \(next) after \(instant)", [bytes])
                try promise(times.contains(next) != times.contains(instant), "a change at \(next) is one", [bytes])
                instant = next
            }
        }
    }
}
