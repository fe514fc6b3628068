// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// How large the terminal is that a descriptor leads to.
package enum TerminalSize {
    /// The columns of the terminal; nil where the descriptor leads to none, or to one that does not know.
    package static func columns(of descriptor: Int32) -> Int? {
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
