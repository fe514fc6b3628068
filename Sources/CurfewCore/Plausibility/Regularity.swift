// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Whether instants lie in steps of one period, as a timer makes them and people do not.
///
/// Only some of a timer's instants are seen, so the gaps between those that are seen are whole multiples of its period. Of
/// a gap that is not made by a timer, 3 in 100 lie that near to a multiple of a given period. Six gaps, of which one is
/// used up to find the period, leave a chance of about 2 in 10⁸ for each period tried, and at most 120 are tried for gaps
/// of an hour: one wrong report in some hundred thousand notebooks.
enum Regularity {
    /// Shorter periods are not told apart from steady work.
    static let shortestPeriod: Duration = .seconds(30)
    private static let fewestGaps = 6
    /// How far a gap may be off, as a share of the period.
    private static let tolerance = 0.015
    /// How far it may be off at most, in seconds.
    ///
    /// Looks have a period of their own, a budget after the last activity, and of
    /// a person who executes something every minute they show steps of about that, off by half a minute.
    private static let mostOff = 3.0

    /// The longest period of which all gaps are multiples; nil when there is none, or too few gaps to tell.
    static func period(of instants: [Timestamp]) -> Duration? {
        let gaps = zip(instants, instants.dropFirst()).map { ($1 - $0) / .seconds(1) }
        guard gaps.count >= fewestGaps, let shortest = gaps.min() else { return nil }
        let least = shortestPeriod / .seconds(1)
        var parts = 1.0
        while shortest / parts >= least * (1 - tolerance) {
            if let period = fitted(shortest / parts, to: gaps) { return .milliseconds(Int((period * 1_000).rounded())) }
            parts += 1
        }
        return nil
    }

    /// The period near `guess` that fits all gaps best, by least squares, if it fits them all.
    private static func fitted(_ guess: Double, to gaps: [Double]) -> Double? {
        var period = guess
        for _ in 0..<2 {
            let counts = gaps.map { ($0 / period).rounded() }
            period = zip(gaps, counts).reduce(0) { $0 + $1.0 * $1.1 } / counts.reduce(0) { $0 + $1 * $1 }
        }
        let bound = min(period * tolerance, mostOff)
        let fits = gaps.allSatisfy { abs($0 - ($0 / period).rounded() * period) <= bound }
        return fits ? period : nil
    }
}
