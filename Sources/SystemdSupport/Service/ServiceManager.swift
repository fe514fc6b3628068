// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CSystemd
import Glibc

/// The service manager that started this process, if one did.
///
/// Outside systemd, without `$NOTIFY_SOCKET`, nothing is sent and nothing fails.
package struct ServiceManager: Sendable {
    /// What became of a notice.
    package enum Delivery: Sendable, Equatable {
        case sent
        /// There is no manager to tell.
        case noManager
        /// It could not be sent; the number is an `errno`.
        case failed(CInt)
    }

    package init() {}

    /// Tells the manager, in one message when there are several notices.
    @discardableResult
    package func notify(_ notices: ServiceNotice...) -> Delivery {
        let result = unsafe sd_notify(0, notices.map(\.text).joined(separator: "\n"))
        if result < 0 { return .failed(-result) }
        return result == 0 ? .noManager : .sent
    }

    /// Tells the manager that a reload began, now by the clock that it asks for.
    ///
    /// A unit of `Type=notify-reload` needs the time to tell this reload from an earlier one (systemd 253 and later);
    /// older ones ignore it.
    @discardableResult
    package func notifyReloading() -> Delivery {
        var time = timespec()
        guard unsafe clock_gettime(CLOCK_MONOTONIC, &time) == 0 else { return .failed(errno) }
        let microseconds = UInt64(time.tv_sec) * 1_000_000 + UInt64(time.tv_nsec) / 1_000
        return notify(.reloading(monotonicMicroseconds: microseconds))
    }

    /// How long the manager waits for `watchdog` before it kills the service; nil when it does not watch this process.
    ///
    /// Notices should come at half of it. Read from `$WATCHDOG_USEC`, and only if `$WATCHDOG_PID` is this process or
    /// absent (sd_watchdog_enabled(3)).
    package var watchdogInterval: Duration? {
        var microseconds: UInt64 = 0
        guard unsafe sd_watchdog_enabled(0, &microseconds) > 0 else { return nil }
        return .microseconds(Int64(clamping: microseconds))
    }
}
