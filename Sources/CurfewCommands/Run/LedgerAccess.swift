// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AuditLedger
import CurfewEngine
import Logging

/// The ledger of a state directory, and what is wrong with it.
struct LedgerAccess: Sendable {
    let ledger: any Ledger
    /// Why no stop may go out for as long as the daemon runs; nil when the ledger is sound.
    let trouble: String?
    private let file: SQLiteLedger?

    /// Opens the ledger; a problem that only a person can mend is told on standard error and ends the program with its
    /// code.
    ///
    /// Where the disk is full, or what was remembered is lost, the daemon goes on without stopping anything: leases that
    /// are kept alive must not run out for that.
    init(directory: String, time: any TimeSource, logger: Logger, terminal: Terminal) throws {
        do {
            let lock = try StateDirectoryLock(directory: directory, now: time.now)
            let opening = try SQLiteLedger.open(under: lock, now: time.now) { error in
                logger.warning("\(error)", metadata: Self.messageID)
            }
            (ledger, file) = (opening.ledger, opening.ledger)
            if case .replaced(let path, let why) = opening.state {
                trouble = "it was damaged (\(why)) and is kept as \(path); restart curfew to go on with a new one"
            } else {
                trouble = nil
            }
        } catch let error as StateDirectoryInUse {
            terminal.complain("curfew: \(error)")
            throw ExitStatus.temporary
        } catch let error as LedgerError where error.kind == .noSpace || error.kind == .busy {
            (ledger, file) = (InMemoryLedger(lossAtEnd: "\(error)"), nil)
            trouble = "\(error); then restart curfew"
        } catch {
            terminal.complain("curfew: \(error)")
            throw ExitStatus.configuration
        }
        if let trouble {
            logger.error("stops are held: the ledger cannot be used: \(trouble)", metadata: Self.messageID)
        }
    }

    /// Closes the file; what it could not do is told and harms nothing.
    func close(_ logger: Logger) {
        do {
            try file?.close()
        } catch {
            logger.warning("\(error)", metadata: Self.messageID)
        }
    }

    private static var messageID: Logger.Metadata { ["message.id": "\(MessageID.ledgerFailed.rawValue)"] }
}
