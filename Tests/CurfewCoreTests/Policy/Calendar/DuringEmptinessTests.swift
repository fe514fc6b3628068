// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Foundation
import Testing

@Suite("Times that lie within others", .timeLimit(.minutes(20)))
struct DuringEmptinessTests {
    private func isEmpty(_ wanted: [During], without excluded: [During] = []) -> Bool {
        var looks = 10_000
        return During.isEmpty(wanted: wanted, excluded: excluded, looks: &looks)
    }

    private func times(
        _ zone: String,
        _ windows: [Window],
        except: [String] = [],
        also: [String] = [],
        events: [(String, String)] = []
    ) throws -> During {
        let schedule = Schedule(
            windows: windows,
            except: try except.map { try #require(CivilDate($0)) },
            also: try also.map { try #require(CivilDate($0)) },
            events: try events.map { try Timestamp.at($0.0)..<Timestamp.at($0.1) },
            clock: try WallClock(zone)
        )
        return During([schedule])
    }

    @Test(arguments: ["UTC", "Europe/Berlin"])
    func `windows within windows are told from those that go beyond`(zone: String) throws {
        let office = try times(zone, [Window(.workdays, "08:00..18:00")])
        let evenings = try times(zone, [Window(.workdays, "18:00..24:00"), Window(.all, "00:00..08:00")])
        let weekend = try times(zone, [Window(.weekend)])
        #expect(isEmpty([try times(zone, [Window([.monday], "09:00..12:00")])], without: [office]))
        #expect(!isEmpty([try times(zone, [Window([.monday], "09:00..18:01")])], without: [office]))
        #expect(!isEmpty([try times(zone, [Window([.saturday], "09:00..10:00")])], without: [office]))
        let night = try times(zone, [Window(.workdays, "20:00..07:00")])
        let halves = try times(
            zone,
            [
                Window(.workdays, "20:00..24:00"),
                Window([.tuesday, .wednesday, .thursday, .friday, .saturday], "00:00..07:00"),
            ]
        )
        #expect(isEmpty([night], without: [halves]))
        #expect(isEmpty([halves], without: [night]))
        #expect(isEmpty([], without: [office, evenings, weekend]))
        #expect(!isEmpty([], without: [office, evenings]))
        #expect(isEmpty([office, weekend]))
        #expect(!isEmpty([night, weekend]))
        #expect(isEmpty([night, weekend], without: [evenings]))
    }

    @Test func `an hour that comes twice belongs to the window before it and to the one behind`() throws {
        for (zone, areApart) in [("UTC", true), ("Europe/Berlin", false), ("Asia/Kolkata", true)] {
            let before = try times(zone, [Window(.all, "01:00..02:30")])
            let behind = try times(zone, [Window(.all, "02:30..04:00")])
            #expect(isEmpty([before, behind]) == areApart, "\(zone)")
        }
    }

    @Test func `an evening is not always within its day where midnight came twice`() throws {
        for (zone, isWithin) in [("UTC", true), ("Europe/Berlin", true), ("America/St_Johns", false)] {
            let evening = try times(zone, [Window(.all, "20:00..23:30")])
            #expect(
                isEmpty([evening], without: [try times(zone, [Window(.all, "20:00..24:00")])]) == isWithin,
                "\(zone)"
            )
        }
    }

    @Test func `dates and events count`() throws {
        let zone = "Europe/Berlin"
        let office = try Window(.workdays, "08:00..18:00")
        let plain = try times(zone, [office])
        let closed = try times(zone, [office], except: ["2026-12-24"])
        #expect(isEmpty([closed], without: [plain]))
        #expect(!isEmpty([plain], without: [closed]))
        // A Sunday, on which there is nothing to be taken away.
        #expect(isEmpty([plain], without: [try times(zone, [office], except: ["2026-12-27"])]))
        #expect(!isEmpty([try times(zone, [office], also: ["2026-12-27"])], without: [plain]))
        let trip = ("2027-07-01T00:00:00Z", "2027-08-15T00:00:00Z")
        let summer = try times(zone, [office], events: [trip])
        #expect(isEmpty([summer], without: [plain]))
        #expect(!isEmpty([plain], without: [summer]))
        #expect(isEmpty([plain], without: [summer, try times(zone, [], events: [trip])]))
        // From Thursday to Friday in UTC is not over by midnight in Berlin.
        let christmas = try times(zone, [], events: [("2026-12-24T00:00:00Z", "2026-12-25T00:00:00Z")])
        #expect(isEmpty([christmas], without: [try times(zone, [Window([.thursday, .friday])])]))
        #expect(!isEmpty([christmas], without: [try times(zone, [Window([.thursday])])]))
    }

    @Test func `a date on which the clock changes does not stand for other changes`() throws {
        let zone = "Europe/Berlin"
        let before = try times(zone, [Window(.all, "01:00..02:30")], except: ["2026-10-25"])
        #expect(!isEmpty([before, try times(zone, [Window(.all, "02:30..04:00")])]))
    }

    @Test func `beyond the bound nothing is proved`() throws {
        let office = try times("Europe/Berlin", [Window(.workdays, "08:00..18:00")])
        let day = try times("Europe/Berlin", [Window(.workdays)])
        var looks = 5
        #expect(!During.isEmpty(wanted: [office], excluded: [day], looks: &looks))
        #expect(looks == 0)
    }

    private static let zones = [
        "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia",
    ]

    @Test(arguments: Array(1...20))
    func `no instant lies in what is said to be empty`(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let zone = Self.zones[seed % Self.zones.count]
        let clock = try WallClock(zone)
        var proofs = 0
        for _ in 0..<25 {
            let wanted = try (0..<random.integer(1...2)).map { _ in try self.random(zone, &random) }
            let excluded = try (0..<random.integer(0...2)).map { _ in try self.random(zone, &random) }
            guard isEmpty(wanted, without: excluded) else { continue }
            proofs += 1
            for _ in 0..<1_500 {
                let any = Timestamp(seconds: random.integer(1_262_304_000...1_893_456_000))
                let change = random.chance(60) ? clock.zone.nextDaylightSavingTimeTransition(after: any.date) : nil
                let instant = (change.map { Timestamp(date: $0) } ?? any) + .minutes(random.integer(-200...200))
                let isInside = wanted.allSatisfy { $0.contains(instant) } && !excluded.contains { $0.contains(instant) }
                try #require(!isInside, "seed \(seed), \(zone), \(instant), \(wanted), \(excluded)")
            }
        }
        #expect(proofs > 0)
    }

    /// Times with few different edges, so that some lie within others, and with a date and an event here and there.
    private func random(_ zone: String, _ random: inout SeededGenerator) throws -> During {
        let windows = (0..<random.integer(1...2)).compactMap { _ in
            Window(
                days: Set(random.pick([.all, .workdays, .weekend, [.sunday]]) ?? .all),
                from: random.integer(0...5) * 60,
                to: random.pick([0, 120, 180, 720, 1_410, 1_440]) ?? 0
            )
        }
        let day = random.integer(14_610...21_900)
        let event = Timestamp(seconds: random.integer(1_262_304_000...1_893_456_000))
        return During([
            Schedule(
                windows: windows,
                except: random.chance(30) ? [CivilDate(daysSince1970: day)] : [],
                events: random.chance(30) ? [event..<(event + .hours(random.integer(1...400)))] : [],
                clock: try WallClock(zone)
            )
        ])
    }
}
