// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

private import CurfewCore

/// Which durations make sense somewhere, and how to say so.
struct SpanLimits {
    let range: ClosedRange<Duration>
    /// Completes "must be …".
    let text: String

    private static let longest: Duration = .seconds(10 * 31_557_600)
    private static let shortest: Duration = .milliseconds(1)

    /// Anything that takes time.
    static let positive = SpanLimits(range: shortest...longest, text: "longer than 0 and at most 10 years")
    /// Where nothing at all is a choice, too.
    static let orZero = SpanLimits(range: .zero...longest, text: "at most 10 years")
    /// Listings more often than this are refused by the cloud; less often than daily is no watching.
    static let polling = SpanLimits(range: .seconds(1)...(.seconds(86_400)), text: "from 1s to 1d")
    /// One look at one notebook's server.
    static let probe = SpanLimits(range: shortest...(.seconds(300)), text: "longer than 0 and at most 5min")
    /// How late samples of a metric may come.
    static let sampleAge = SpanLimits(range: .seconds(1)...(.seconds(86_400)), text: "from 1s to 1d")
    /// Runs are kept a little longer than this.
    static let usage = SpanLimits(
        range: (.seconds(60))...UsageBudget.longestSpan,
        text: "from 1min to 366d, which is how long runs are remembered"
    )
    /// What the cloud accepts as the duration of a renewal.
    static let renewal = SpanLimits(range: LeaseTerms.accepted, text: "from 1h to 72h, which is what the cloud accepts")
}
