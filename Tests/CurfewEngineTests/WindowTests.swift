// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Foundation
import Testing

@testable import FleetSimulation

@Suite("I4, D17: a rule takes effect with the second in which its window opens")
struct WindowTests {
    /// Inside the window the budget is 15 minutes, outside 12 hours; one notebook, used from long before until `end`.
    private func fleet(_ zone: String, _ window: Window?, usedUntil end: Timestamp) throws -> SimulatedFleet {
        let clock = WallClock(try #require(TimeZone(identifier: zone)))
        let schedule = Schedule(windows: [try #require(window)], clock: clock)
        let rules = [
            Rule(name: "inside", match: Selector([.during(During([schedule]))]), outcome: Sample.idle(.minutes(15))),
            Rule(name: "outside", outcome: Sample.idle(.hours(12))),
        ]
        var notebook = SimulatedNotebook("a", leaseLeft: .days(400))
        notebook.work = [noon - .hours(1)..<end]
        let fleet = SimulatedFleet(Sample.policy(rules: rules, pollEvery: .hours(6)), [notebook])
        fleet.promises.budget = { _ in .minutes(15) }
        return fleet
    }

    private let night = Window(days: [.monday, .tuesday, .wednesday, .thursday, .friday], from: 20 * 60, to: 7 * 60)

    private func instant(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

    @Test func `what is over the budget of the night already is stopped when the night begins`() throws {
        let fleet = try fleet("UTC", night, usedUntil: noon + .hours(6))
        fleet.run(for: .hours(9))
        expectWithinASecond(fleet.stops(of: "a").first, of: noon + .hours(8))
        #expect(fleet.stops(of: "a").count == 1)
    }

    @Test func `in the night the budget counts from the last use`() throws {
        let end = noon + .hours(9)
        let fleet = try fleet("UTC", night, usedUntil: end)
        fleet.run(for: .hours(12))
        expectWithinASecond(fleet.stops(of: "a").first, of: end + .minutes(15))
    }

    @Test func `what is within its budget when the night ends is under the rule of the day`() throws {
        let end = noon + .hours(19) - .minutes(14)
        let fleet = try fleet("UTC", night, usedUntil: end)
        fleet.run(for: .hours(40))
        expectWithinASecond(fleet.stops(of: "a").first, of: end + .hours(12))
    }

    @Test func `D6: a window whose beginning the clock skips opens with the jump`() throws {
        let window = Window(days: [.sunday], from: 2 * 60 + 30, to: 5 * 60)
        let fleet = try fleet("Europe/Berlin", window, usedUntil: try instant("2027-03-28T00:00:00Z"))
        fleet.run(until: try instant("2027-03-28T06:00:00Z"))
        expectWithinASecond(fleet.stops(of: "a").first, of: try instant("2027-03-28T01:00:00Z"))
    }

    @Test func `D6: a window whose end is shown twice holds until the second`() throws {
        let window = Window(days: [.sunday], from: 0, to: 2 * 60 + 30)
        let fleet = try fleet("Europe/Berlin", window, usedUntil: try instant("2027-10-31T01:10:00Z"))
        fleet.run(until: try instant("2027-10-31T06:00:00Z"))
        expectWithinASecond(fleet.stops(of: "a").first, of: try instant("2027-10-31T01:25:00Z"))
    }
}
