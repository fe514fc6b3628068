// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What an `errno` means, in the C library's words.
enum SystemError {
    static func text(_ code: CInt) -> String {
        guard let text = unsafe strerror(code) else { return "errno \(code)" }
        return unsafe String(cString: text)
    }
}
