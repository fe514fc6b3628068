// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CSystemd
import Glibc

/// An open file descriptor that is closed with its last owner; no started program inherits it.
final class Descriptor {
    let number: CInt

    /// Takes over a descriptor.
    init(_ number: CInt) {
        self.number = number
    }

    deinit {
        // A descriptor is gone after close(2), whatever it returns.
        _ = close(number)
    }

    /// A pipe, its end to read from first; nil with `errno` set when there is none to be had.
    static func pipe() -> (reading: Descriptor, writing: Descriptor)? {
        var ends: [CInt] = [-1, -1]
        guard unsafe pipe2(&ends, O_CLOEXEC) == 0 else { return nil }
        return (Descriptor(ends[0]), Descriptor(ends[1]))
    }

    /// Makes reading and writing return at once where they would have to wait.
    func stopWaiting() {
        _ = fcntl(number, F_SETFL, O_NONBLOCK)
    }

    /// What came of one reading or writing.
    enum Transfer {
        case some(Int)
        /// Nothing can be transferred now.
        case later
        /// Nothing will come or be taken any more.
        case over
    }

    /// Appends what can be read now, at most `most` bytes.
    func read(into bytes: inout [UInt8], most: Int) -> Transfer {
        var buffer = [UInt8](repeating: 0, count: most)
        let count = unsafe Glibc.read(number, &buffer, most)
        if count > 0 { bytes += buffer.prefix(count) }
        return transfer(count)
    }

    /// Writes as much as is taken now.
    func write(_ bytes: ArraySlice<UInt8>) -> Transfer {
        transfer(
            unsafe bytes.withUnsafeBytes { buffer in unsafe Glibc.write(number, buffer.baseAddress, buffer.count) }
        )
    }

    private func transfer(_ count: Int) -> Transfer {
        if count > 0 { return .some(count) }
        return count < 0 && (errno == EAGAIN || errno == EINTR) ? .later : .over
    }
}
