// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Something that a service tells its manager (sd_notify(3)).
package enum ServiceNotice: Sendable, Equatable {
    /// Start-up is done, or a reload is.
    case ready
    /// A line for people, shown by `systemctl status`.
    case status(String)
    /// The main loop still turns.
    case watchdog
    /// The shutdown began.
    case stopping
    /// A reload began, at the given time of CLOCK_MONOTONIC in microseconds; `ready` ends it.
    case reloading(monotonicMicroseconds: UInt64)

    /// The lines of the protocol.
    var text: String {
        switch self {
        case .ready: "READY=1"
        case .status(let text): "STATUS=\(ServiceNotice.singleLine(text))"
        case .watchdog: "WATCHDOG=1"
        case .stopping: "STOPPING=1"
        case .reloading(let microseconds): "RELOADING=1\nMONOTONIC_USEC=\(microseconds)"
        }
    }

    /// More than a terminal shows, less than the manager's limit for a message (4 kB).
    private static let longestStatus = 1_000

    /// The text without control characters: a line feed would begin another assignment, such as `MAINPID=`.
    private static func singleLine(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(longestStatus) {
            line.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
        }
        return String(line)
    }
}
