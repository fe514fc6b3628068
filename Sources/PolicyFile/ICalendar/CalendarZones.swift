// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore
internal import FoundationEssentials

/// The zones that the times of one calendar file name.
///
/// A zone is taken from its name, never from the rules that a file tells of it, which are often those of one year only. A
/// class, because each zone's table is made once per file.
final class CalendarZones {
    /// The policy's zone: of days, and of times without a zone.
    let standard: WallClock
    let universal = WallClock(.gmt)
    /// What the file's own VTIMEZONE parts say that their names mean.
    private let locations: [String: String]
    private var clocks: [String: WallClock] = [:]

    init(standard: WallClock, calendars: [CalendarComponent]) {
        self.standard = standard
        var locations: [String: String] = [:]
        for part in calendars.flatMap(\.parts) where part.name == "VTIMEZONE" {
            let name = part.lines.first { $0.name == "TZID" }?.value
            let location = part.lines.first { $0.name == "X-LIC-LOCATION" }?.value
            if let name, let location { locations[name] = location }
        }
        self.locations = locations
    }

    func clock(_ name: String, at place: Place) throws(ICalendarProblem) -> WallClock {
        if let clock = clocks[name] { return clock }
        guard let zone = zone(name) else {
            throw ICalendarProblem(
                place,
                "the time zone \(Quoted.value(name)) is not known; export the calendar with IANA names such as "
                    + "Europe/Berlin, or with times in UTC"
            )
        }
        let clock = zone == standard.zone ? standard : WallClock(zone)
        clocks[name] = clock
        return clock
    }

    private func zone(_ name: String) -> TimeZone? {
        if let zone = ZoneName.zone(name) ?? fromPath(name) { return zone }
        if let location = locations[name], let zone = ZoneName.zone(location) { return zone }
        if name == "GMT" || name == "Z" { return .gmt }
        return WindowsZones.location(of: name).flatMap(ZoneName.zone)
    }

    /// The zone of a name that is unique in the world, such as `/freeassociation.sourceforge.net/Europe/Berlin`.
    private func fromPath(_ name: String) -> TimeZone? {
        guard name.hasPrefix("/") else { return nil }
        let parts = name.split(separator: "/")
        for count in [3, 2] where parts.count > count {
            if let zone = ZoneName.zone(parts.suffix(count).joined(separator: "/")) { return zone }
        }
        return nil
    }
}
