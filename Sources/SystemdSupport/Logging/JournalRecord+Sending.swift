// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CSystemd
import Glibc

extension JournalRecord {
    /// Hands the record to journald; returns 0 or an `errno`.
    ///
    /// A value may hold line feeds and any other byte: the native protocol counts bytes. Without a journal on this
    /// machine nothing is sent and the result is 0 (sd_journal_sendv(3)).
    func send() -> CInt {
        var bytes: [UInt8] = []
        var lengths: [Int] = []
        for field in fields {
            let before = bytes.count
            bytes.append(contentsOf: field.name.utf8)
            bytes.append(UInt8(ascii: "="))
            bytes.append(contentsOf: field.value.utf8)
            lengths.append(bytes.count - before)
        }
        return unsafe bytes.withUnsafeMutableBytes { buffer in
            var vectors: [iovec] = unsafe []
            var offset = 0
            for length in lengths {
                unsafe vectors.append(iovec(iov_base: buffer.baseAddress?.advanced(by: offset), iov_len: length))
                offset += length
            }
            return -(unsafe sd_journal_sendv(vectors, CInt(vectors.count)))
        }
    }
}
