// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// How large the terminal is that a descriptor leads to.
package enum TerminalSize {
    /// The columns of the terminal; nil where the descriptor leads to none, or to one that does not know.
    package static func columns(of descriptor: Int32) -> Int? {
        size(of: descriptor).flatMap { Int($0.ws_col) }.positive
    }

    /// The lines of the terminal; nil where the descriptor leads to none, or to one that does not know.
    package static func lines(of descriptor: Int32) -> Int? { size(of: descriptor).flatMap { Int($0.ws_row) }.positive }

    private static func size(of descriptor: Int32) -> winsize? {
        var size = winsize()
        return unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? size : nil
    }
}

extension Int? {
    fileprivate var positive: Int? { flatMap { $0 > 0 ? $0 : nil } }
}
