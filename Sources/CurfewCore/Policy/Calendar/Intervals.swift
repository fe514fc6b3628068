// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Stretches of time, sorted and without overlaps, in whole seconds since 1970.
struct Intervals: Equatable, Sendable {
    let ranges: [Range<Int>]

    /// The union of the ranges.
    init(_ ranges: [Range<Int>]) {
        var merged: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        self.ranges = merged
    }

    /// What is left without `others`.
    func subtracting(_ others: Intervals) -> Intervals {
        var left: [Range<Int>] = []
        for range in ranges {
            var start = range.lowerBound
            for other in others.ranges where other.overlaps(range) {
                if other.lowerBound > start { left.append(start..<other.lowerBound) }
                start = max(start, other.upperBound)
            }
            if start < range.upperBound { left.append(start..<range.upperBound) }
        }
        return Intervals(left)
    }

    /// Whether some of them is in `range`.
    func overlap(_ range: Range<Int>) -> Bool {
        end(covering: range.lowerBound) != nil || start(after: range.lowerBound).map { $0 < range.upperBound } ?? false
    }

    /// When the last of them ends; nil without any.
    var end: Int? { ranges.last?.upperBound }

    /// When the stretch that holds `instant` ends; nil outside all of them.
    func end(covering instant: Int) -> Int? {
        let index = firstIndex(endingAfter: instant)
        guard index < ranges.count, ranges[index].lowerBound <= instant else { return nil }
        return ranges[index].upperBound
    }

    /// When the next stretch begins; nil behind the last.
    func start(after instant: Int) -> Int? {
        let index = firstIndex(endingAfter: instant)
        guard index < ranges.count else { return nil }
        if ranges[index].lowerBound > instant { return ranges[index].lowerBound }
        return index + 1 < ranges.count ? ranges[index + 1].lowerBound : nil
    }

    private func firstIndex(endingAfter instant: Int) -> Int {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
