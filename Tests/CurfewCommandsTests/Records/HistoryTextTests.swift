// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore
import Foundation
import TestSupport
import Testing

@testable import CurfewCommands

struct HistoryTextTests {
    private static let noon = SampleDecision.noon
    private static let clock = LocalTime(zone: .gmt, now: noon)

    private static let actions: [RecordedAction] = [
        RecordedAction(.freeze, state: .done, decidedAt: noon, detail: "maintenance of the cloud", person: "root"),
        RecordedAction(
            .keep,
            notebook: .init(id: NotebookID("2222"), name: "训练-🚀"),
            state: .done,
            decidedAt: noon - .seconds(60),
            detail: "until \(noon + .seconds(86_400)): release 4.2",
            person: "alice"
        ),
        RecordedAction(
            .stop,
            notebook: .init(id: NotebookID("1111"), name: "trainer", owner: "bob"),
            rule: "everyone else",
            reasons: [.init(code: "idle-budget-spent", text: "idle for 1h 3min, budget 1h")],
            state: .confirmed,
            decidedAt: noon - .seconds(120),
            sentAt: noon - .seconds(119),
            endedAt: noon - .seconds(117),
            sendings: 1
        ),
        RecordedAction(
            .prolong,
            notebook: .init(id: NotebookID("3333"), name: "a-notebook-with-a-very-long-name"),
            rule: "release trainers",
            reasons: [.init(code: "kept-alive", text: "kept alive")],
            state: .abandoned,
            decidedAt: noon - .seconds(90_000),
            detail: "the cloud refused it (ModelArts.6357)"
        ),
    ]

    private func lines(_ terminal: Terminal, limit: Int = 100) -> [String] {
        let document = HistoryDocument(
            Self.actions,
            since: Self.noon - .seconds(7 * 86_400),
            limit: limit,
            generatedAt: Self.noon
        )
        return HistoryText(document: document, clock: Self.clock).lines(terminal)
    }

    @Test
    func `a wide terminal shows an action in a line, and each day once`() {
        #expect(
            lines(Terminal()).joined(separator: "\n") == """
                TIME      NOTEBOOK                          ACTION   RULE OR USER      OUTCOME   WHY
                Fri 2026-11-20
                12:00:00  (all)                             freeze   user root         done      maintenance of the cloud
                11:59:00  训练-🚀                           keep     user alice        done      until 2026-11-21 12:00:00: release 4.2
                11:58:00  trainer                           stop     everyone else     done      idle for 1h 3min, budget 1h
                Thu 2026-11-19
                11:00:00  a-notebook-with-a-very-long-name  prolong  release trainers  given up  kept alive; failed: the cloud refused it (ModelArts.6357)
                """
        )
    }

    @Test
    func `80 columns hold everything`() {
        let lines = lines(Terminal(width: 80))
        #expect(
            lines.joined(separator: "\n") == """
                TIME      NOTEBOOK     ACTION   RULE OR USER  OUTCOME   WHY
                Fri 2026-11-20
                12:00:00  (all)        freeze   user root     done      maintenance of the cloud
                11:59:00  训练-🚀      keep     user alice    done      until 2026-11-21
                                                                        12:00:00: release 4.2
                11:58:00  trainer      stop     everyone el…  done      idle for 1h 3min, budget
                                                                        1h
                Thu 2026-11-19
                11:00:00  a-notebook…  prolong  release tra…  given up  kept alive; failed: the
                                                                        cloud refused it
                                                                        (ModelArts.6357)
                """
        )
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 80 })
    }

    @Test
    func `it says when there may be more, and when there is nothing`() {
        #expect(lines(Terminal(), limit: 4).last == "there may be more; --limit and --since show it")
        let empty = HistoryDocument([], since: Self.noon, limit: 10, generatedAt: Self.noon)
        #expect(
            HistoryText(document: empty, clock: Self.clock).lines(Terminal())
                == ["nothing was done since 2026-11-20 12:00"]
        )
    }

    @Test
    func `times and days are those of the zone`() throws {
        let clock = LocalTime(zone: try #require(TimeZone(identifier: "Asia/Kolkata")), now: Self.noon)
        let evening = Self.noon + .seconds(7 * 3_600)
        #expect(clock.day(evening) == "Sat 2026-11-21" && clock.timeOfDay(evening) == "00:30:00")
        #expect(Self.clock.day(Timestamp(milliseconds: -1)) == "Wed 1969-12-31")
    }
}

struct PastInstantTests {
    private static let noon = SampleDecision.noon

    @Test(arguments: [
        ("7d", -7 * 86_400), ("1h 30min", -5_400), ("2026-11-19", -36 * 3_600 - 3_600),
        ("2026-11-19 10:00", -27 * 3_600),
        ("2026-11-20T11:00:00Z", -3_600), ("-2h", -7_200),
    ])
    func `the past is named by spans, dates and instants`(_ text: String, _ seconds: Int) throws {
        let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
        let instant = PastInstantArgument(text)?.instant(now: Self.noon, zone: berlin, end: false)
        #expect(instant == Self.noon + .seconds(seconds))
    }

    @Test
    func `until a date means to its end`() {
        let end = PastInstantArgument("2026-11-19")?.instant(now: Self.noon, zone: .gmt, end: true)
        #expect(
            end.map { Self.noon - $0 <= .seconds(12 * 3_600) && Self.noon - $0 >= .seconds(12 * 3_600 - 1) } == true
        )
    }

    @Test(arguments: ["", "yesterday", "7", "2026-13-01"])
    func `anything else is refused`(_ text: String) {
        #expect(PastInstantArgument(text) == nil)
    }
}
