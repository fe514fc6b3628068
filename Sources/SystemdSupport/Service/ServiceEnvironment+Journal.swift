// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

extension ServiceEnvironment {
    /// Whether standard error leads to the journal, so that native journal records are better than lines of text.
    ///
    /// `$JOURNAL_STREAM` alone does not say so: a child inherits the variable even where its standard error was
    /// redirected, so device and inode are compared (systemd.exec(5)).
    package var journalIsAttached: Bool { journalIsAttached(to: STDERR_FILENO) }

    /// The same question about any open file.
    func journalIsAttached(to descriptor: CInt) -> Bool {
        guard let journalStream else { return false }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return false }
        return journalStream == "\(status.st_dev):\(status.st_ino)"
    }
}
