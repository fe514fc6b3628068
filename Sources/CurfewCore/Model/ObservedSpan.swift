// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The stretch of time that one answer of a metric sums up.
///
/// Such an answer says whether there was use somewhere in the stretch, not when. Active is true of now and yet dates
/// nothing later than the stretch's beginning; idle holds since the beginning.
package struct ObservedSpan: Hashable, Sendable {
    package var from: Timestamp
    /// What is younger than this may have been missing when the source was asked.
    package var completeUntil: Timestamp

    package init(from: Timestamp, completeUntil: Timestamp) {
        self.from = from
        self.completeUntil = completeUntil
    }
}

extension Observation {
    /// The instant at which the notebook was in use at the latest known, going by this look alone; nil where it cannot
    /// tell.
    ///
    /// Use somewhere in a span is no use now: taken for it, a notebook would be stopped only after its budget had passed
    /// twice.
    var knownActivityAt: Timestamp? {
        switch activity {
        case .active: span?.from ?? observedAt
        case .idle(let since): since
        case .unknown: nil
        }
    }

    /// The look with what an earlier one of the same source adds to it: two idle spans without a gap are one.
    ///
    /// Without it the beginning of idleness would move on with every look, and a warning that was given would count as
    /// older than the last use.
    func joined(to earlier: Observation) -> Observation {
        guard
            let span, let before = earlier.span, case .idle = activity, case .idle(let since) = earlier.activity,
            earlier.observedAt <= observedAt, span.from <= before.completeUntil
        else { return self }
        var copy = self
        copy.activity = .idle(since: min(since, span.from))
        return copy
    }
}
