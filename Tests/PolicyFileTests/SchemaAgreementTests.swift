// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import PolicyFile
import Testing

@Suite("The schema and the loader agree", .timeLimit(.minutes(20)))
struct SchemaAgreementTests {
    @Test func `on the corpus`() throws {
        let fixtures = Fixture.good + Fixture.bad
        for (fixture, result) in zip(fixtures, try SchemaChecker.check(fixtures.map(\.text))) {
            #expect(result.verdict == fixture.schemaVerdict, "\(fixture.name): \(result.complaints)")
        }
        #expect(Fixture.good.allSatisfy { $0.schemaVerdict == "accepts" })
        for fixture in Fixture.bad where fixture.schemaVerdict == "accepts" {
            #expect(fixture.schemaLimit.flatMap(SchemaLimit.init(rawValue:)) != nil, "\(fixture.name) has no excuse")
        }
    }

    @Test func `on the example`() throws {
        let results = try SchemaChecker.check([try Repository.text(Repository.examplePolicy), SpecimenPolicy().text])
        for result in results { #expect(result.complaints == []) }
    }

    @Test func `on nonsense in every key and on unknown keys everywhere`() throws {
        let cases = Section.allCases.flatMap { section in
            section.keys.map { ("\(section.rawValue).\($0)", SpecimenPolicy().setting($0, "[[]]", in: section).text) }
                + [("\(section.rawValue).qqq", SpecimenPolicy().setting("qqq", "1", in: section).text)]
        }
        for (name, result) in zip(cases.map(\.0), try SchemaChecker.check(cases.map(\.1))) {
            #expect(result.verdict == "rejects", "\(name)")
        }
    }

    @Test func `on missing keys`() throws {
        let required: [(Section, String)] = [
            (.policy, "version"), (.policy, "service"), (.service, "kind"), (.service, "region"),
            (.service, "projectID"), (.credentials, "kind"), (.credentials, "user"), (.credentials, "domain"),
            (.evidenceSource, "kind"), (.spent, "per"), (.spent, "within"), (.prices, "currency"),
            (.prices, "perHour"), (.price, "flavor"), (.price, "price"), (.marks, "tag"), (.rule, "name"),
            (.rule, "idle"), (.evidenceUse, "source"),
        ]
        let texts = required.map { SpecimenPolicy().removing($0.1, in: $0.0).text }
        for (index, result) in try SchemaChecker.check(texts).enumerated() {
            #expect(result.verdict == "rejects", "\(required[index])")
            #expect(load(texts[index]).policy == nil, "\(required[index])")
        }
    }

    /// Values of one key; the loader's verdict is the standard.
    struct Values: Sendable, CustomTestStringConvertible {
        let section: Section
        let key: String
        let good: [String]
        let bad: [String]
        var testDescription: String { "\(section.rawValue).\(key)" }
    }

    static let values: [Values] = [
        .init(section: .policy, key: "version", good: ["1"], bad: ["2", "0", "'1'", "~", "true"]),
        .init(
            section: .policy,
            key: "mode",
            good: ["observe", "ENFORCE", "'Observe'"],
            bad: ["''", "dry-run", "true", "~", "1"]
        ),
        .init(
            section: .policy,
            key: "timeZone",
            good: ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Calcutta", "Etc/GMT+1"],
            bad: ["CET", "utc", "GMT+1", "''", "~", "2", "Europe/Berln", "europe/berlin", "/", "Europe/"]
        ),
        .init(
            section: .service,
            key: "endpoint",
            good: [
                "'https://a.example'", "'https://a.example:8443/x/'", "'http://127.0.0.1:1'", "'http://[::1]:80'",
                "'HTTPS://a'", "'http://localhost/x'", "'https://a:065'", "'https://a:65535/'",
                "'https://[2001:db8::1]:1'",
                "'http://127.255.0.9'",
            ],
            bad: [
                "'http://a.example'", "a.example", "'ftp://a'", "'https://'", "'https://u:p@a'", "'https://a?x'", "1",
                "'https://a:0'", "'https://a:65536'", "'https://a:x'", "'https://a:'", "'https://a..b'",
                "'https://a/b c'",
                "'https://[a'", "'http://127.0.0.256'", "'http://127.0.0.01'", "'https://a/ä'",
            ]
        ),
        .init(
            section: .credentials,
            key: "metadataEndpoint",
            good: ["'http://169.254.169.254'", "'https://m.example/'"],
            bad: ["'http://169.254.169.253'", "~"]
        ),
        .init(
            section: .service,
            key: "projectID",
            good: ["abc", "0123", "'0123'", "p_1-X"],
            bad: ["'a b'", "../x", "''", "~", "\(String(repeating: "a", count: 65))"]
        ),
        .init(section: .service, key: "workspaceID", good: ["0", "'0'", "abc"], bad: ["''", "~", "{}"]),
        .init(section: .service, key: "caFile", good: ["/etc/ca.pem"], bad: ["ca.pem", "''"]),
        .init(section: .service, key: "region", good: ["eu-de", "cn-north-4"], bad: ["EU-DE", "a", "'a-b/c'", "''"]),
        .init(
            section: .evidenceSource,
            key: "busyKernelIsActive",
            good: ["true", "false"],
            bad: ["yes", "off", "'true'", "1", "~"]
        ),
        .init(
            section: .evidenceSource,
            key: "command",
            good: ["[/bin/true]", "[/usr/lib/x, --all, 1, true, '']"],
            bad: [
                "/bin/true", "[]", "[true]", "[x]", "['']", "~", "[/bin/true, ~]", "[/bin/true, [a]]", "[\"/a\\nb\"]",
            ]
        ),
        .init(section: .evidenceSource, key: "concurrency", good: ["1", "256"], bad: ["0", "257", "'8'", "~", "1.5"]),
        .init(section: .evidenceSource, key: "unknownAfter", good: ["1s", "2d"], bad: ["0s", "30", "~"]),
        .init(
            section: .evidenceSource,
            key: "endpoint",
            good: ["'https://a.example/v1/{projectID}/aom'", "'http://127.0.0.1:9090'", "'https://a/api/v1/prefix'"],
            bad: [
                "'https://a/api/v1'", "'https://a/api/v1/query/'", "'https://a/{projectId}'", "'http://a.example'",
                "''", "~",
                "a.example",
            ]
        ),
        .init(
            section: .evidenceSource,
            key: "query",
            good: ["'x[{window}]'", "'x{job=\"y\"}[{window}]'", "'x{p=\"{projectID}\"}[{window}]'"],
            bad: ["'x[5m]'", "'x[{windows}]'", "'x[{window}] or y[{range}]'", "''", "~", "['x[{window}]']"]
        ),
        .init(
            section: .evidenceSource,
            key: "notebookLabel",
            good: ["service_id", "_a1"],
            bad: ["service-id", "1a", "''", "~", "'{id}'"]
        ),
        .init(section: .evidenceSource, key: "activeAbove", good: ["0", "1.5"], bad: ["-1", "'1'", "5%", "~"]),
        .init(section: .evidenceSource, key: "lag", good: ["10min", "1s"], bad: ["10", "0s", "~", "soon"]),
        .init(
            section: .match,
            key: "runningFor",
            good: ["90s", "1h 30min", "1h30m", "1.5h", "'2 d'", "1M", "3 weeks", "500ms", "100000us", "1y"],
            bad: ["90", "'90'", "0s", "-1h", "1H", "1mins", "h", "''", "~", "infinity", "1.h", ".5h", "1h 30", "1,5h"]
        ),
        .init(section: .guards, key: "coldStart", good: ["0s", "5min"], bad: ["0", "-5min", "~"]),
        .init(
            section: .stopsGuard,
            key: "count",
            good: ["0", "5", "1000000"],
            bad: ["-1", "1000001", "'5'", "5.5", "many", "~", "5%"]
        ),
        .init(
            section: .blindGuard,
            key: "percent",
            good: ["0", "12.5", "100"],
            bad: ["-0.1", "100.1", "'50'", "50%", "~", "true"]
        ),
        .init(
            section: .match,
            key: "owner",
            good: [
                "no", "[yes, 1, true, '']", "'*'", "1.10", "'[]]'", "'[!]]'", "'[^a]'", "'[a-]'", "'[[]'", "'\\['",
                "'\\\\'", "'a]'",
                "'[]-a]'", "'[!!]'",
            ],
            bad: [
                "[]", "~", "[~]", "{}", "[[a]]", "\"a\\nb\"", "'['", "'a['", "'[]'", "'[!]'", "'[^]'", "'[a'", "'a\\'",
                "'[]a'",
                "\"\\x80\"",
            ]
        ),
        .init(
            section: .match,
            key: "tag",
            good: ["{a: b, 'c d': ['*', 1]}", "{keep: true}"],
            bad: ["{}", "a", "{a: ~}", "{'': b}", "[a]", "{a: {b: c}}"]
        ),
        .init(
            section: .match,
            key: "leaseType",
            good: ["timing", "[IDLE, Timing]"],
            bad: ["[]", "spot", "[idle, x]", "~"]
        ),
        .init(
            section: .match,
            key: "during",
            good: [
                "'Sat,Sun'", "Mon..Fri", "'fri..MON,wed'", "'Monday 20:00..07:00'", "'00:00..24:00'", "office",
                "[office, 'Sat', '08:00..09:30']",
            ],
            bad: [
                "[]", "~", "[~]", "{}", "''", "'25:00..26:00'", "'08:00..08:60'", "'08:00..08:00'", "'8:00..18:00'",
                "'24:00..08:00'", "'Mon Tue'", "'Mon..Fri 08:00'", "'08:00..18:00 Mon'", "'Mon, Tue'",
            ]
        ),
        .init(
            section: .calendar,
            key: "windows",
            good: ["Sat", "['Mon..Fri 20:00..07:00', 'Sat,Sun']"],
            bad: ["[]", "~", "office", "['Sat', '7..9']", "{}"]
        ),
        .init(
            section: .calendar,
            key: "except",
            good: ["2026-12-25", "['2026-12-25', 2028-02-29]", "[]"],
            bad: [
                "~", "christmas", "2026-13-01", "2026-1-1", "[~]", "1969-12-31", "2100-01-01", "2026-12-25T00:00:00Z",
            ]
        ),
        .init(section: .calendar, key: "also", good: ["2026-12-25"], bad: ["~", "[[2026-12-25]]", "20261225"]),
        .init(section: .calendar, key: "file", good: ["google-team.ics"], bad: ["''", "~", "[google-team.ics]"]),
        .init(
            section: .policy,
            key: "calendars",
            good: ["{office: {windows: Sat}, b_c-1: {file: outlook.ics}}"],
            bad: [
                "~", "[]", "{office: {}}", "{office: Sat}", "{office: {windows: Sat}, 'a b': {windows: Sat}}",
                "{office: {file: outlook.ics, also: 2026-12-25}}",
            ]
        ),
        .init(section: .match, key: "marked", good: ["true", "false"], bad: ["yes", "'true'", "~"]),
        .init(
            section: .match,
            key: "not",
            good: ["{name: y}", "{not: {name: y}}"],
            bad: ["{}", "~", "[]", "{not: {}}"]
        ),
        .init(
            section: .spent,
            key: "per",
            good: ["owner", "Flavor", "workspace", "NOTEBOOK"],
            bad: ["user", "~", "1"]
        ),
        .init(
            section: .spent,
            key: "within",
            good: ["day", "Week", "MONTH", "7d", "1h 30min", "366d"],
            bad: ["weeks", "7", "''", "~", "-7d", "0s", "{}"]
        ),
        .init(
            section: .spent,
            key: "hours",
            good: ["40", "0.5", "0.0001", "1000000000"],
            bad: ["0", "-1", "'40'", "40h", "~", "1000000001", "[]"]
        ),
        .init(section: .spent, key: "cost", good: ["100", "12.50"], bad: ["0", "-1", "'100'", "100 EUR", "~"]),
        .init(
            section: .spent,
            key: "warnAt",
            good: ["80%", "'1%'", "100%"],
            bad: ["80", "0%", "101%", "8.5%", "'%'", "~"]
        ),
        .init(section: .prices, key: "currency", good: ["EUR", "'CNY'"], bad: ["eur", "EURO", "''", "~", "1"]),
        .init(
            section: .prices,
            key: "perHour",
            good: ["[{flavor: a, price: 1}]"],
            bad: ["[]", "~", "{}", "[~]", "[1]"]
        ),
        .init(section: .price, key: "flavor", good: ["'*'", "a.b", "1"], bad: ["[a]", "~", "{}"]),
        .init(
            section: .price,
            key: "price",
            good: ["0", "2.40", "1000000"],
            bad: ["-0.1", "'2.40'", "1000001", "2.40 EUR", "~"]
        ),
        .init(section: .rule, key: "match", good: ["{}", "~"], bad: ["[]", "x", "{qqq: 1}"]),
        .init(section: .rule, key: "name", good: ["7", "true", "'a b'"], bad: ["''", "~", "\"a\\tb\""]),
        .init(section: .rule, key: "exempt", good: ["true"], bad: ["false", "{}", "~", "yes"]),
        .init(section: .rule, key: "stop", good: ["{}", "~", "{warn: 1h}"], bad: ["true", "1h", "[]"]),
        .init(section: .rule, key: "keepAlive", good: ["{}", "~"], bad: ["true", "''"]),
        .init(
            section: .keepAlive,
            key: "until",
            good: [
                "2030-12-01", "'2030-12-01'", "2030-12-01T08:00:00+01:00", "2030-12-01t08:00:00.5z", "2028-02-29",
                "2400-02-29", "2030-06-30T23:59:60Z",
            ],
            bad: [
                "2030-12-1", "2030-12-01T08:00:00", "2030-12-01 08:00:00Z", "soon", "2030", "~", "20301201",
                "2030-02-29", "2100-02-29", "2030-04-31", "2030-13-01", "2030-00-10", "2030-01-00", "1999-12-31",
                "2030-12-01T24:00:00Z", "2030-12-01T08:60:00Z", "2030-12-01T08:00:61Z", "2030-12-01T08:00:00+24:00",
            ]
        ),
        .init(section: .keepAlive, key: "reason", good: ["4.2", "release"], bad: ["''", "~"]),
        .init(section: .idle, key: "whileActive", good: ["Prolong", "leave"], bad: ["true", "stay", "~"]),
        .init(
            section: .idle,
            key: "evidence",
            good: ["jupyter", "[jupyter]", "{source: jupyter, maxAge: 10min}", "[{source: jupyter, optional: true}]"],
            bad: ["[]", "~", "{}", "[~]", "{source: ~}", "[{source: jupyter, optional: yes}]", "[jupyter, jupyter]"]
        ),
        .init(section: .idle, key: "atLeast", good: ["1"], bad: ["0", "'1'", "~", "1.5"]),
        .init(section: .marks, key: "description", good: ["keep", "no", "1"], bad: ["'a b'", "a=b", "''", "~"]),
        .init(section: .policy, key: "rules", good: ["[]", "~"], bad: ["{}", "x", "[~]"]),
        .init(
            section: .policy,
            key: "evidence",
            good: ["{jupyter: {kind: jupyter}, b.c-1_x: {kind: Jupyter}}"],
            bad: ["~", "[]", "{'a b': {kind: jupyter}, jupyter: {kind: jupyter}}", "{jupyter: ~}"]
        ),
    ]

    @Test func `on single values`() throws {
        let cases = Self.values.flatMap { values in
            (values.good.map { ($0, true) } + values.bad.map { ($0, false) }).map { value, isGood in
                let text = SpecimenPolicy().setting(values.key, value, in: values.section).text
                return ("\(values.section.rawValue).\(values.key): \(value)", text, isGood)
            }
        }
        for ((name, text, isGood), result) in zip(cases, try SchemaChecker.check(cases.map(\.1))) {
            let load = load(text)
            #expect((load.policy != nil) == isGood, "the loader on \(name): \(load.lines)")
            #expect((result.verdict == "accepts") == isGood, "the schema on \(name): \(result.complaints)")
        }
    }
}
