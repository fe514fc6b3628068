// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import PolicyFile
import Testing

@Suite("Rules that can never match")
struct RuleReachTests {
    /// What is said of the last of these rules, each written as its match, behind "can never match: ".
    private func obstacle(_ matches: [String], outcome: String = "stop: {}", marks: String = "{tag: t}") -> String? {
        let rules = matches.dropLast().enumerated()
            .map { "  - {name: r\($0.offset + 1), match: \($0.element), \(outcome)}\n" }
        let text = """
            version: 1
            service: {kind: modelarts, region: eu-de, projectID: p}
            marks: \(marks)
            rules:
            \(rules.joined())  - {name: last, match: \(matches.last ?? "{}"), exempt: true}
            """
        let place = "\(5 + rules.count):5: warning: the rule \"last\" can never match: "
        return load(text).lines.first { $0.hasPrefix(place) }.map { String($0.dropFirst(place.count)) }
    }

    private static let covered = [
        ("{name: a}", "{}"), ("{}", "{}"), ("{name: a}", "{name: a}"), ("{name: a, owner: b}", "{name: a}"),
        ("{name: a}", "{name: [b, a]}"), ("{name: [a, b]}", "{name: [b, c, a]}"),
        ("{name: train-1}", "{name: train-*}"), ("{name: train-*}", "{name: '*'}"),
        ("{name: train-*}", "{name: t*}"), ("{name: '?x'}", "{name: '*x'}"), ("{name: '[ab]c'}", "{name: '[a-c]?'}"),
        ("{name: '[ab]*'}", "{name: ['a*', 'b*']}"), ("{name: '*-gpu-*'}", "{name: '*gpu*'}"),
        ("{name: '[!a]b'}", "{name: '??'}"), ("{name: 'a\\*'}", "{name: 'a?'}"), ("{name: '??*'}", "{name: '?*'}"),
        ("{name: 'a*b*c'}", "{name: 'a*c'}"), ("{owner: '[b]'}", "{owner: b}"),
        ("{runningFor: 2d}", "{runningFor: 1d}"), ("{runningFor: 1d}", "{runningFor: 24h}"),
        ("{leaseType: idle}", "{leaseType: [timing, idle]}"), ("{tag: {a: x, b: y}}", "{tag: {b: '*'}}"),
        ("{not: {name: a}, owner: b}", "{not: {name: a}}"), ("{marked: false, name: x}", "{marked: false}"),
        ("{not: {name: 'a*'}}", "{not: {name: ab}}"), ("{not: {runningFor: 1d}}", "{not: {runningFor: 2d}}"),
        ("{not: {name: a}}", "{name: '*'}"), ("{not: {not: {name: a}}}", "{name: a}"),
        ("{not: {tag: {k: '*'}}}", "{not: {tag: {k: v}}}"), ("{marked: true}", "{not: {marked: false}}"),
        ("{name: ab, not: {owner: [x, y]}}", "{name: a*, not: {owner: x}}"),
        ("{not: {name: a, owner: b}, owner: b}", "{not: {name: a}}"),
        ("{during: 'Sat 08:00..12:00'}", "{during: 'Sat,Sun'}"), ("{during: Sat}", "{not: {during: 'Mon..Fri'}}"),
        ("{during: 'Mon..Fri 20:00..07:00'}", "{during: ['Mon..Fri 20:00..24:00', 'Tue..Sat 00:00..07:00']}"),
        ("{not: {during: 'Mon..Fri'}, name: a}", "{during: 'Sat,Sun'}"),
        ("{name: a}", "{during: [Mon..Fri, 'Sat,Sun']}"),
        ("{pool: p1, not: {pool: p2}}", "{pool: 'p[1-3]'}"), ("{description: '*x*'}", "{not: {description: ''}}"),
    ]

    @Test(arguments: covered)
    func `a rule that an earlier one always beats is a warning`(later: String, earlier: String) {
        #expect(obstacle([earlier, later]) == "\"r1\" at 5:5 matches all of its notebooks first")
    }

    private static let free = [
        ("{}", "{name: '*'}"), ("{name: '*'}", "{name: a}"), ("{name: [a, b]}", "{name: a}"),
        ("{owner: a}", "{name: a}"),
        ("{runningFor: 1d}", "{runningFor: 2d}"), ("{tag: {a: x}}", "{tag: {b: x}}"),
        ("{name: 'tr*'}", "{name: 'train-*'}"), ("{name: '*x'}", "{name: '?x'}"), ("{name: '*'}", "{name: '?*?'}"),
        ("{name: '[a-c]'}", "{name: '[ab]'}"), ("{name: '[!a]'}", "{name: '[!ab]'}"),
        ("{name: 'a*c'}", "{name: 'a*b*c'}"),
        ("{marked: true, name: x}", "{marked: false}"), ("{not: {name: a}}", "{not: {name: b}}"),
        ("{leaseType: [timing, idle]}", "{leaseType: idle}"), ("{name: '[a]'}", "{name: '\\[a]'}"),
        ("{during: 'Mon 08:00..18:01'}", "{during: 'Mon 08:00..18:00'}"), ("{during: 'Sat,Sun'}", "{during: Sat}"),
        ("{not: {during: Sat}}", "{not: {during: 'Sat,Sun'}}"), ("{}", "{during: Mon..Sat}"),
        ("{during: Fri..Sat}", "{not: {during: Sat}}"),
        // Nobody may say that an unknown owner is another owner.
        ("{}", "{not: {owner: a}}"), ("{name: x}", "{name: x, not: {owner: a}}"),
        // Without a pool, a description or a tag the condition is false, not unknown.
        ("{not: {pool: a}}", "{pool: '*'}"), ("{not: {tag: {k: a}}}", "{tag: {k: '*'}}"),
        ("{not: {description: a}}", "{description: '*'}"),
        // An owner has a name and an id, of which each may fit another glob.
        ("{owner: a}", "{owner: a, not: {owner: b}}"), ("{not: {runningFor: 2d}}", "{not: {runningFor: 1d}}"),
        ("{not: {name: a, owner: b}}", "{not: {name: a}}"), ("{not: {tag: {k: v}}}", "{not: {tag: {k: '*'}}}"),
    ]

    @Test(arguments: free)
    func `nothing is said of a rule that may still match`(later: String, earlier: String) {
        #expect(obstacle([earlier, later]) == nil)
    }

    @Test(arguments: [
        (["{name: a}", "{name: b}", "{name: [a, b]}"], "\"r1\" at 5:5 and \"r2\" at 6:5"),
        (["{name: a*}", "{owner: x}", "{name: b*}", "{name: '[ab]?'}"], "\"r1\" at 5:5 and \"r3\" at 7:5"),
        (["{runningFor: 1d}", "{not: {runningFor: 2d}}", "{}"], "\"r1\" at 5:5 and \"r2\" at 6:5"),
        (["{name: a, runningFor: 1d}", "{not: {runningFor: 1d}}", "{name: a}"], "\"r1\" at 5:5 and \"r2\" at 6:5"),
        (
            ["{leaseType: idle}", "{leaseType: timing}", "{name: z}", "{leaseType: [timing, idle]}"],
            "\"r1\" at 5:5 and \"r2\" at 6:5"
        ),
        (["{during: Mon..Fri}", "{name: z}", "{during: 'Sat,Sun'}", "{}"], "\"r1\" at 5:5 and \"r3\" at 7:5"),
        (["{description: x}", "{not: {description: x}}", "{}"], "\"r1\" at 5:5 and \"r2\" at 6:5"),
        (
            ["{id: a*}", "{not: {id: '[ab]*'}}", "{id: b*}", "{}"],
            "\"r1\" at 5:5, \"r2\" at 6:5 and \"r3\" at 7:5"
        ),
    ])
    func `a rule that several earlier ones beat together is a warning that names just these`(
        matches: [String],
        names: String
    ) {
        #expect(obstacle(matches) == "\(names) together match all of its notebooks first")
    }

    @Test func `marked and not marked are all notebooks only where no mark can hide in unreadable tags`() {
        let matches = ["{marked: true}", "{marked: false}", "{}"]
        #expect(
            obstacle(matches, marks: "{description: keep}")
                == "\"r1\" at 5:5 and \"r2\" at 6:5 together match all of its notebooks first"
        )
        #expect(obstacle(matches, marks: "{tag: keep}") == nil)
    }

    @Test(arguments: [
        ["{owner: a}", "{not: {owner: a}}", "{}"], ["{leaseType: idle}", "{leaseType: timing}", "{}"],
        ["{tag: {k: v}}", "{not: {tag: {k: v}}}", "{}"], ["{runningFor: 2d}", "{not: {runningFor: 1d}}", "{}"],
        ["{name: a}", "{name: [b, c]}", "{name: [a, b, c, d]}"], ["{pool: a}", "{not: {pool: a}}", "{}"],
    ])
    func `rules that leave something over together are no reason for a warning`(matches: [String]) {
        #expect(obstacle(matches) == nil)
    }

    @Test(arguments: [
        ("{name: ab*, not: {name: 'a*'}}", "`name` and `not` at once"),
        ("{marked: true, not: {marked: true}}", "`marked` and `not` at once"),
        ("{owner: x, runningFor: 2d, not: {runningFor: 1d}}", "`runningFor` and `not` at once"),
        ("{leaseType: idle, not: {leaseType: [idle, timing]}}", "`leaseType` and `not` at once"),
        ("{tag: {k: v}, not: {tag: {k: v}}}", "`tag.k` and `not` at once"),
        ("{name: '[ab]', not: {name: [a, b]}}", "`name` and `not` at once"),
        ("{during: Sat, not: {during: 'Sat,Sun'}}", "`during` and `not` at once"),
        ("{not: {id: '*'}}", "`not`"), ("{not: {owner: '*', name: '*'}}", "`not`"),
        ("{name: a, not: {owner: b, name: a}, owner: b}", "`name`, `not` and `owner` at once"),
    ])
    func `a rule whose conditions contradict each other is a warning`(match: String, keys: String) {
        #expect(obstacle([match]) == "no notebook fulfils \(keys)")
    }

    @Test(arguments: [
        "{owner: a, not: {owner: b}}", "{name: a*, not: {name: ab}}", "{image: x, not: {image: y}}",
        "{marked: true, not: {tag: {k: v}}}", "{runningFor: 1d, not: {runningFor: 2d}}",
        "{not: {owner: '*', name: 'a*'}}",
        "{not: {pool: '*'}}", "{not: {description: '*'}}", "{not: {tag: {k: '*'}}}",
    ])
    func `a rule whose conditions can be fulfilled is none`(match: String) {
        #expect(obstacle([match]) == nil)
    }

    @Test func `a keep-alive that ends lets later rules decide, but not those that end before it`() {
        let ends = "keepAlive: {until: 2030-01-01}"
        #expect(obstacle(["{}", "{name: a}"], outcome: ends) == nil)
        #expect(obstacle(["{}", "{name: a}"], outcome: "keepAlive: {}") != nil)
        let later = load(
            policyText(
                rule:
                    "{name: a, match: {name: a*}, \(ends)}, {name: b, match: {name: ab}, keepAlive: {until: 2029-01-01}}, "
                    + "{name: c, match: {name: ac}, keepAlive: {until: 2031-01-01}}"
            )
        ).lines
        #expect(later.count == 1)
        #expect(later.first?.contains("the rule \"b\" can never match: \"a\"") == true)
    }

    @Test func `a rule for marks without marks, and marks without a rule, are warnings`() {
        let asks = load(policyText(rule: "{name: a, match: {not: {marked: true}}, stop: {}}")).lines
        #expect(asks.count == 1)
        #expect(asks.first?.contains("asks for `marked`, but there is no `marks`") == true)
        let defines = load(policyText(top: "marks: {tag: t}")).lines
        #expect(defines == ["5:1: warning: no rule asks for `marked`, so marks on notebooks have no effect"])
    }

    @Test func `a calendar is compared with windows and other calendars`() {
        let text = """
            version: 1
            service: {kind: modelarts, region: eu-de, projectID: p}
            timeZone: Europe/Berlin
            calendars:
              office: {windows: "Mon..Fri 08:00..18:00", except: 2026-12-24}
              long: {windows: "Mon..Fri 07:00..20:00", file: holidays.ics}
            rules:
              - {name: late, match: {name: a, during: "18:00..08:00"}, exempt: true}
              - {name: office, match: {name: a, during: office}, exempt: true}
              - {name: working days, match: {name: a, during: Mon..Fri}, exempt: true}
              - {name: long, match: {name: a, during: [long, office]}, exempt: true}
              - {name: other, match: {name: a, not: {during: long}}, exempt: true}
            """
        #expect(
            load(text).lines == [
                "11:5: warning: the rule \"long\" can never match: \"working days\" at 10:5 matches all of its notebooks first"
            ]
        )
    }

    @Test func `of many rules, too, each that an earlier one beats is found`() {
        let names = (0..<300).map { "  - {name: n\($0), match: {name: 'team-\($0)-*'}, exempt: true}" }
        let text = """
            version: 1
            service: {kind: modelarts, region: eu-de, projectID: p}
            rules:
            \(names.joined(separator: "\n"))
              - {name: two, match: {name: ['team-7-x', 'team-299-*-y'], owner: z}, exempt: true}
              - {name: free, match: {name: 'team-300-*'}, exempt: true}
            """
        #expect(
            load(text).lines == [
                "304:5: warning: the rule \"two\" can never match: \"n7\" at 11:5 and \"n299\" at 303:5 together match all of "
                    + "its notebooks first"
            ]
        )
    }

    @Test(arguments: [
        ("[a*, ab]", "5:24: warning: \"ab\" adds nothing to `name`: \"a*\" in the same list matches all of it"),
        ("[ab, 'a?', 'a*']", "5:20: warning: \"ab\" adds nothing to `name`: \"a?\" in the same list matches all of it"),
        ("[a, b, a]", "5:26: warning: \"a\" is in the list of `name` already"),
        ("['a*', 'a**']", "5:26: warning: \"a**\" adds nothing to `name`: \"a*\" in the same list matches all of it"),
    ])
    func `a glob that adds nothing to its list is a warning`(list: String, expected: String) {
        #expect(load(listing(list)).lines.contains(expected), "\(load(listing(list)).lines)")
    }

    @Test(arguments: ["[a*, b*]", "['?', '??']", "[a, b, ab]", "['[ab]', '[bc]']", "['*a', 'a*']"])
    func `globs that only overlap are none`(list: String) {
        #expect(load(listing(list)).lines == [])
    }

    private func listing(_ list: String) -> String {
        """
        version: 1
        service: {kind: modelarts, region: eu-de, projectID: p}
        rules:
          - name: r
            match: {name: \(list)}
            exempt: true
        """
    }
}
