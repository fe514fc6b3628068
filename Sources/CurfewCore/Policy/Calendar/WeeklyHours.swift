// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Windows that come again every week, but on some dates, on the time line of a zone.
///
/// Each question looks at a few days around its instant and computes with whole numbers only.
struct WeeklyHours: Equatable, Sendable {
    /// The windows of each weekday, from Monday.
    private let spans: [[Span]]
    /// The dates without windows, as days since 1970, sorted.
    let skipped: [Int]
    /// Whether the windows leave no minute of a week free.
    private let coverTheWeek: Bool
    let clock: WallClock

    /// A window on one day, in seconds from the midnight with which the day begins.
    private struct Span: Hashable {
        let from: Int
        let to: Int

        init(_ window: Window) {
            from = window.from * 60
            to = window.to * 60
        }
    }

    private static let day = 86_400
    /// A window that holds an instant begins on the local day of the instant, on the one before, or, where a change of
    /// clocks is near, one further.
    private static let steadyMargin = 3 * day

    /// What happens to the clock, or to a date, changes no window that begins or ends further away than this; in seconds.
    static let reach = steadyMargin

    init(_ windows: [Window], without skipped: [Int], clock: WallClock) {
        spans = Weekday.allCases.map { weekday in windows.filter { $0.days.contains(weekday) }.map(Span.init) }
        self.skipped = Set(skipped).sorted()
        coverTheWeek = Self.coverTheWeek(windows)
        self.clock = clock
    }

    private static func coverTheWeek(_ windows: [Window]) -> Bool {
        let week = 7 * Window.endOfDay
        var isCovered = Array(repeating: false, count: week)
        for window in windows {
            for weekday in window.days {
                for minute in window.from..<window.to {
                    isCovered[(weekday.rawValue * Window.endOfDay + minute) % week] = true
                }
            }
        }
        return isCovered.allSatisfy { $0 }
    }

    /// The next instant at which a window begins or ends such that the answer changes; nil for never.
    func nextEdge(after instant: Int) -> Int? {
        latestClose(at: instant) == nil ? nextOpening(after: instant) : coverEnd(from: instant)
    }

    /// When the last of the windows that hold `instant` closes; nil outside all windows.
    func latestClose(at instant: Int) -> Int? {
        var latest: Int?
        if let offset = clock.steadyOffset(around: instant, margin: Self.steadyMargin) {
            let local = instant + offset
            let today = local.flooredDays
            for day in (today - 1)...today {
                for span in spans(on: day) where day * Self.day + span.from <= local {
                    let close = day * Self.day + span.to
                    if close > local { latest = max(latest ?? .min, close - offset) }
                }
            }
            return latest
        }
        let today = clock.local(at: instant).flooredDays
        for day in (today - 2)...(today + 1) {
            for span in spans(on: day) {
                let range = instants(of: span, on: day)
                if range.contains(instant) { latest = max(latest ?? .min, range.upperBound) }
            }
        }
        return latest
    }

    /// When the windows that hold `instant`, and those that follow without a gap, are over.
    private func coverEnd(from instant: Int) -> Int? {
        var end = instant
        while let close = latestClose(at: end) {
            end = close
            guard coverTheWeek else { continue }
            // Nothing but a skipped date ends it, so go right before the next one.
            let today = clock.local(at: end).flooredDays
            guard let next = skipped.first(where: { $0 >= today - 2 }) else { return nil }
            if next - 2 > today { end = clock.opening((next - 2) * Self.day) }
        }
        return end
    }

    private func nextOpening(after instant: Int) -> Int? {
        let today = clock.local(at: instant).flooredDays
        // Each weekday with a window comes again within a week; changes of clocks can swallow a window or two.
        for day in (today - 2)...(today + 22 + skipped.count) {
            var first: Int?
            for span in spans(on: day) {
                let range = instants(of: span, on: day)
                if !range.isEmpty, range.lowerBound > instant { first = min(first ?? .max, range.lowerBound) }
            }
            if let first { return first }
        }
        return nil
    }

    /// The windows that begin on a day.
    private func spans(on day: Int) -> [Span] {
        skipped.contains(sorted: day) ? [] : spans[Weekday(daysSince1970: day).rawValue]
    }

    private func instants(of span: Span, on day: Int) -> Range<Int> {
        clock.instants(from: day * Self.day + span.from, to: day * Self.day + span.to)
    }

    /// All windows on one day, whatever its weekday.
    static func instants(of windows: [Window], on day: Int, clock: WallClock) -> [Range<Int>] {
        windows.map { clock.instants(from: day * Self.day + $0.from * 60, to: day * Self.day + $0.to * 60) }
    }
}

extension WallClock {
    /// The instants of a window, given as local times.
    ///
    /// It opens when the clock first shows `from` or later and closes when the clock shows `to` or later for good, so
    /// nothing is cut short where an hour comes twice; a window that the clock skips as a whole is empty. One that ends
    /// at midnight ends with its day, that is, when the next day begins for the first time.
    fileprivate func instants(from: Int, to: Int) -> Range<Int> {
        let open = opening(from)
        return open..<max(open, to % 86_400 == 0 ? opening(to) : closing(to))
    }
}

extension Int {
    /// The days that so many seconds make, rounded down.
    fileprivate var flooredDays: Int { self / 86_400 - (self % 86_400 < 0 ? 1 : 0) }
}

extension [Int] {
    /// Whether a sorted array has the number.
    fileprivate func contains(sorted number: Int) -> Bool {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low] == number
    }
}
