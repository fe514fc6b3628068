// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Foundation
import Testing

extension Window {
    /// A window written as `20:00..07:00`, on the given days.
    init(_ days: [Weekday], _ times: String = "00:00..24:00") throws {
        let parts = times.split(separator: ".").map { $0.split(separator: ":").compactMap { Int($0) } }
        let window = Window(
            days: Set(days),
            from: parts[0][0] * 60 + parts[0][1],
            to: parts[1][0] * 60 + parts[1][1]
        )
        self = try #require(window)
    }
}

extension [Weekday] {
    static let all = Weekday.allCases
    static let workdays: [Weekday] = [.monday, .tuesday, .wednesday, .thursday, .friday]
    static let weekend: [Weekday] = [.saturday, .sunday]
}

extension WallClock {
    init(_ name: String) throws {
        self.init(try #require(TimeZone(identifier: name)))
    }
}

extension Schedule {
    /// The stretches from one instant to another, found by walking from change to change, as `BEGIN/END`.
    func stretches(_ from: String, _ to: String) throws -> [String] {
        let end = try Timestamp.at(to)
        var instant = try Timestamp.at(from)
        var result: [String] = []
        var began: Timestamp? = contains(instant) ? instant : nil
        while let next = nextChange(after: instant), next < end {
            #expect(contains(next) != contains(instant))
            if let since = began {
                result.append("\(since.brief)/\(next.brief)")
                began = nil
            } else {
                began = next
            }
            instant = next
        }
        return result + (began.map { ["\($0.brief)/"] } ?? [])
    }
}

extension Timestamp {
    /// Without what is always zero here: `2026-03-29T01:30Z`.
    var brief: String { description.replacing(":00.000Z", with: "Z") }
}
