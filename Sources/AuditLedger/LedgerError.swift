// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

private import Foundation
import GRDB

/// Why the ledger could not be opened, written or read.
package struct LedgerError: Error, Sendable, Equatable {
    package var kind: Kind
    /// What was being done, and to which file: `recording 3 entries in /var/lib/curfew/curfew.sqlite`.
    package var doing: String
    /// What happened and what to do next, for people.
    package var explanation: String

    package enum Kind: Sendable, Equatable {
        /// The file system is full; what was written before is kept, and writing works again when there is space.
        case noSpace
        /// The directory or the file cannot be used as it is: missing, not writable, without locks.
        case notUsable
        /// Another program keeps the file locked.
        case busy
        /// The file is damaged, and that was found only while it was in use.
        case damaged
        /// A newer curfew wrote the file; this one does not know how to use it.
        case newer
        /// Anything else.
        case failed
    }

    init(_ kind: Kind, doing: String, explanation: String) {
        self.kind = kind
        self.doing = doing
        self.explanation = explanation
    }
}

extension LedgerError: CustomStringConvertible {
    package var description: String { "\(doing): \(explanation)" }
}

extension LedgerError {
    private static let makeSpace = "free some space; nothing that was written is lost, and writing works again then"
    private static let makeWritable =
        "the directory and its files must be writable for the user that curfew runs as, on a local disk"

    /// Sorts what SQLite said; GRDB's errors hold no values, only statements.
    init(_ error: any Error, doing: String) {
        if let known = error as? LedgerError {
            self = known
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(.failed, doing: doing, explanation: "\(error)")
            return
        }
        let said = error.said
        if error.isDamage {
            let next = "restart curfew: it moves the file aside, begins a new one and holds all stops for a while"
            self.init(.damaged, doing: doing, explanation: "the file is damaged (\(said)); \(next)")
            return
        }
        switch error.resultCode {
        case .SQLITE_FULL:
            self.init(.noSpace, doing: doing, explanation: "the file system is full (\(said)); \(Self.makeSpace)")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            let next = "end the program that keeps the file open for writing, such as sqlite3 within a transaction"
            self.init(.busy, doing: doing, explanation: "another program holds the file locked (\(said)); \(next)")
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            self.init(.notUsable, doing: doing, explanation: "it cannot be written (\(said)); \(Self.makeWritable)")
        default:
            self.init(.failed, doing: doing, explanation: "\(said); look at the disk and at the kernel's log")
        }
    }

    /// Sorts what the file system said.
    init(fileError error: any Error, path: String, doing: String) {
        let said = "\(path): \(error.localizedDescription)"
        switch (error as? CocoaError)?.code {
        case CocoaError.fileWriteOutOfSpace:
            self.init(.noSpace, doing: doing, explanation: "the file system is full (\(said)); \(Self.makeSpace)")
        default:
            self.init(.notUsable, doing: doing, explanation: "it cannot be written (\(said)); \(Self.makeWritable)")
        }
    }
}

extension DatabaseError {
    /// What SQLite said, by its number and in its words.
    var said: String {
        "SQLite error \(extendedResultCode.rawValue)" + (message.map { ": \($0)" } ?? "")
    }

    /// Whether the bytes of the file are wrong or cannot be read, as opposed to a file that cannot be used at present.
    var isDamage: Bool {
        switch resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_FORMAT: return true
        default: break
        }
        switch extendedResultCode {
        case .SQLITE_IOERR_READ, .SQLITE_IOERR_SHORT_READ, .SQLITE_IOERR_DATA, .SQLITE_IOERR_CORRUPTFS: return true
        default: return false
        }
    }
}
