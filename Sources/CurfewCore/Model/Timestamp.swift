// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// An instant on the UTC time line, in whole milliseconds since 1970.
///
/// Every comparison that decides about a notebook is made between values of this type, so a local time can never be
/// subtracted from a UTC stamp. Milliseconds are what the ModelArts API speaks; the range (± 292 million years) cannot
/// overflow with any value the decoders accept.
package struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        // The one number that has no opposite would trap wherever a span is turned round.
        self.milliseconds = max(milliseconds, -.max)
    }

    /// Earlier than every instant that a reply can carry.
    package static let distantPast = Timestamp(milliseconds: .min / 2)

    /// Later than every instant that a reply can carry.
    package static let distantFuture = Timestamp(milliseconds: .max / 2)

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    package static func + (left: Timestamp, right: Duration) -> Timestamp {
        Timestamp(milliseconds: left.milliseconds.addingClamped(right.wholeMilliseconds))
    }

    package static func - (left: Timestamp, right: Duration) -> Timestamp {
        Timestamp(milliseconds: left.milliseconds.addingClamped(-right.wholeMilliseconds))
    }

    /// The span from `right` to `left`, negative when `left` is earlier.
    package static func - (left: Timestamp, right: Timestamp) -> Duration {
        Duration(wholeMilliseconds: left.milliseconds.addingClamped(-right.milliseconds))
    }
}

extension Duration {
    private static let attosecondsInMillisecond: UInt64 = 1_000_000_000_000_000

    /// The span in milliseconds, rounded towards zero and clamped to what `Int64` holds.
    package var wholeMilliseconds: Int64 {
        // By one division of the machine's; the standard library's way by whole seconds takes ten times as long.
        let size = attoseconds.magnitude
        let high = UInt64(truncatingIfNeeded: size >> 64)
        guard high < Self.attosecondsInMillisecond else { return attoseconds < 0 ? -Int64.max : Int64.max }
        let (whole, _) = Self.attosecondsInMillisecond.dividingFullWidth((high, UInt64(truncatingIfNeeded: size)))
        let milliseconds = Int64(clamping: whole)
        return attoseconds < 0 ? -milliseconds : milliseconds
    }

    /// As `milliseconds(_:)`, in a fraction of its time.
    init(wholeMilliseconds: Int64) {
        self.init(attoseconds: Int128(wholeMilliseconds) * Int128(Self.attosecondsInMillisecond))
    }
}

extension Int64 {
    /// The sum, held at the ends of the range, because a hostile number in a reply must not trap the daemon.
    fileprivate func addingClamped(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min + 1 : .max) : sum
    }
}
