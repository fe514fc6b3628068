// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials

/// Random rules about every field, and random notebooks that they are about, from few words so that they often meet.
enum RandomRules {
    static let words = ["a", "ab", "abc", "train-1", "train-2", "gpu.v100", "é", ""]
    static let marks = MarkSettings(
        tag: "keep",
        description: "keep",
        longest: .days(200),
        zone: TimeZone(identifier: "Europe/Berlin") ?? .gmt
    )

    static func globs(_ random: inout SeededGenerator) -> [Glob] {
        let patterns =
            words + [
                "*", "a*", "*b", "*b*", "?", "a?c", "[a-c]*", "train-*", "*-[0-9]", "*.v*", "*gpu*", "t*n-?", "\\a*",
                "*é*",
            ]
        return (0..<random.integer(0...3)).compactMap { _ in try? Glob(random.pick(patterns) ?? "*") }
    }

    static func selector(_ random: inout SeededGenerator, atMost: Int = 3, depth: Int = 2) -> Selector {
        Selector((0..<random.integer(0...atMost)).map { _ in condition(&random, depth: depth) })
    }

    static func condition(_ random: inout SeededGenerator, depth: Int = 2) -> Selector.Condition {
        switch random.integer(0...16) {
        case 0: .id(globs(&random))
        case 1: .name(globs(&random))
        case 2: .owner(globs(&random))
        case 3: .workspace(globs(&random))
        case 4: .flavor(globs(&random))
        case 5: .image(globs(&random))
        case 6: .pool(globs(&random))
        case 7: .feature(globs(&random))
        case 8: .tag(key: random.chance(50) ? "keep" : "team", globs(&random))
        case 9: .description(globs(&random))
        case 10: .leaseType([random.pick([.timing, .idle, .unrecognized("x")]) ?? .timing])
        case 11: .marked(random.chance(60))
        case 13: .during(During([schedule(&random)]))
        case 12: .runningFor(.minutes(random.integer(1...400_000)))
        default: depth > 0 ? .not(selector(&random, atMost: 2, depth: depth - 1)) : .marked(true)
        }
    }

    /// Zones whose clocks change by an hour, north and south, by half an hour, and not at all.
    private static let clocks = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai"]
        .compactMap(TimeZone.init(identifier:)).map { WallClock($0) }

    /// Windows of some days, also around the hours at which clocks change, with a holiday and a make-up day.
    private static func schedule(_ random: inout SeededGenerator) -> Schedule {
        let windows = (0..<random.integer(1...2)).compactMap { _ in
            let days = Set(Weekday.allCases.filter { _ in random.chance(60) })
            let from = random.chance(50) ? random.integer(60...240) : random.integer(0...1_439)
            return Window(days: days, from: from, to: random.chance(50) ? 150 : random.integer(0...1_440))
        }
        let dates = ["2026-12-25", "2027-03-28", "2027-10-31", "2027-04-04"].compactMap { CivilDate($0) }
        return Schedule(
            windows: windows,
            except: random.chance(30) ? Array(dates.prefix(1)) : [],
            also: random.chance(30) ? Array(dates.suffix(3)) : [],
            clock: random.pick(clocks) ?? WallClock(.gmt)
        )
    }

    static func notebook(_ random: inout SeededGenerator) -> Notebook {
        func word(_ random: inout SeededGenerator) -> String? { random.chance(20) ? nil : random.pick(words) }
        var notebook = Sample.notebook(lease: random.chance(90) ? lease(&random) : .unreadable)
        notebook.id = NotebookID(word(&random) ?? "n")
        notebook.name = word(&random) ?? ""
        notebook.owner = Notebook.Owner(name: word(&random), id: word(&random))
        notebook.workspaceID = word(&random)
        notebook.flavor = word(&random)
        notebook.image = reference(&random)
        notebook.pool = reference(&random)
        notebook.feature = word(&random)
        notebook.note = random.chance(20) ? "keep=2027-04-01" : word(&random)
        notebook.tags = tags(&random)
        return notebook
    }

    private static func lease(_ random: inout SeededGenerator) -> LeaseReading {
        Sample.lease(left: .minutes(random.integer(-10...6_000)), kind: random.chance(30) ? .idle : .timing)
    }

    private static func reference(_ random: inout SeededGenerator) -> Notebook.NamedReference? {
        guard random.chance(70) else { return nil }
        return Notebook.NamedReference(
            id: random.chance(60) ? random.pick(words) : nil,
            name: random.chance(60) ? random.pick(words) : nil
        )
    }

    private static func tags(_ random: inout SeededGenerator) -> TagReading {
        guard random.chance(90) else { return .unreadable }
        var tags: [String: String] = [:]
        if random.chance(50) { tags["team"] = random.pick(words) }
        if random.chance(40) { tags["keep"] = random.pick(["true", "2026-12-24", "2027-03-28T01:30:00Z", "maybe"]) }
        return .known(tags)
    }
}
