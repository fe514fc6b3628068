// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// How much a group has used since some beginning, as a function of time that is linear between points.
///
/// Amounts are whole numbers: the rate is what each running notebook uses in a millisecond. So sums are exact in any
/// order, and the instant at which a limit is crossed is exact to the millisecond.
struct UsageCurve: Sendable {
    private struct Point {
        var at: Int64
        /// What was used before it.
        var amount: Int128
        /// What is used per millisecond from here on.
        var rate: Int64
    }

    /// In order of time, each at another instant.
    private var points: [Point] = []

    /// What is used per millisecond from now on.
    var rate: Int64 { points.last?.rate ?? 0 }
    var lastChange: Timestamp { points.last.map { Timestamp(milliseconds: $0.at) } ?? .distantPast }
    var count: Int { points.count }

    /// Changes the rate from `instant` on, be it in the past.
    mutating func change(rate delta: Int64, at instant: Timestamp) {
        let at = instant.milliseconds
        var index = firstIndex(after: at)
        if index > 0, points[index - 1].at == at {
            index -= 1
        } else {
            points.insert(Point(at: at, amount: amount(until: at), rate: rate(at: at)), at: index)
        }
        points[index].rate += delta
        for later in points.indices.dropFirst(index + 1) {
            points[later].amount += Int128(delta) * Int128(points[later].at - at)
            points[later].rate += delta
        }
    }

    /// Forgets everything after `instant`, as if the rate of then went on, and sets that rate.
    mutating func truncate(at instant: Timestamp, rate: Int64) {
        let at = instant.milliseconds
        let point = Point(at: at, amount: amount(until: at), rate: rate)
        points.removeSubrange(firstIndex(after: at - 1)...)
        points.append(point)
    }

    /// Drops the points that no window from `instant` on needs.
    mutating func prune(before instant: Timestamp) {
        let keep = firstIndex(after: instant.milliseconds) - 1
        // Half at a time, so that dropping costs nothing per point.
        if keep > points.count / 2 { points.removeFirst(keep) }
    }

    /// What was used within the window that ends at `now`.
    func used(in window: UsageWindow, at now: Timestamp) -> Int128 {
        max(0, amount(until: now.milliseconds) - amount(until: window.start(at: now).milliseconds))
    }

    /// The first instant after `now` at which the answer to "has `threshold` been reached in the window?" is another one
    /// than at `now`, if the rate stays as it is; nil for never.
    ///
    /// A period that is not over its threshold gives its end, behind which it may be. `threshold` is over 0.
    func nextFlip(of threshold: Int128, in window: UsageWindow, after now: Timestamp) -> Timestamp? {
        var (end, span) = (Int64.max, Int64?.none)
        switch window {
        case .period(_, let next): end = next.milliseconds
        case .sliding(let length): span = length.wholeMilliseconds
        }
        var time = now.milliseconds
        var head = firstIndex(after: time)
        var tail = span.map { firstIndex(after: time - $0) } ?? 0
        var amount = used(in: window, at: now)
        let isReached = amount >= threshold
        while true {
            let slope = Int128(rate(before: head)) - (span == nil ? 0 : Int128(rate(before: tail)))
            let headAt = head < points.count ? points[head].at : .max
            let tailAt = span.map { tail < points.count ? points[tail].at + $0 : .max } ?? .max
            let next = min(headAt, tailAt, end)
            if let wait = Self.wait(from: amount, slope, to: threshold, isReached), wait <= Int128(next) - Int128(time)
            {
                let flip = time + Int64(wait)
                if flip < end { return Timestamp(milliseconds: flip) }
            }
            if next == .max { return nil }
            if next == end { return isReached || rate(before: head) > 0 ? Timestamp(milliseconds: end) : nil }
            amount += slope * Int128(next - time)
            time = next
            if headAt == next { head += 1 }
            if tailAt == next { tail += 1 }
        }
    }

    /// How many milliseconds on a line until the threshold is reached, or is not any more; nil where it leads away.
    private static func wait(from amount: Int128, _ slope: Int128, to threshold: Int128, _ isReached: Bool) -> Int128? {
        if isReached {
            return slope < 0 ? (amount - threshold - slope) / -slope : nil
        }
        return slope > 0 ? (threshold - amount + slope - 1) / slope : nil
    }

    private func amount(until at: Int64) -> Int128 {
        let index = firstIndex(after: at)
        guard index > 0 else { return points.first?.amount ?? 0 }
        let point = points[index - 1]
        return point.amount + Int128(point.rate) * Int128(at - point.at)
    }

    private func rate(at: Int64) -> Int64 { rate(before: firstIndex(after: at)) }

    private func rate(before index: Int) -> Int64 { index > 0 ? points[index - 1].rate : 0 }

    /// The index of the first point after `at`.
    private func firstIndex(after at: Int64) -> Int {
        if points.last.map({ $0.at <= at }) ?? true { return points.count }
        var (low, high) = (0, points.count)
        while low < high {
            let middle = (low + high) / 2
            if points[middle].at > at { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
