// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import Logging

/// Writes log events to the journal as records with fields, so that `journalctl CURFEW_NOTEBOOK_ID=…` finds them.
///
/// A record that journald refuses is written to standard error as a line instead, so that it is not lost silently.
package struct JournalLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let identifier: String

    /// The identifier is what `journalctl -t` selects by.
    package init(
        identifier: String = "curfew",
        logLevel: Logger.Level = .info,
        metadataProvider: Logger.MetadataProvider? = nil
    ) {
        self.identifier = identifier
        self.logLevel = logLevel
        self.metadataProvider = metadataProvider
    }

    package func log(event: LogEvent) {
        let all = event.allMetadata(of: metadata, provider: metadataProvider)
        let failure = JournalRecord(event, metadata: all, identifier: identifier).send()
        guard failure != 0 else { return }
        LogLine(event, metadata: all, time: "journal: errno \(failure)").write(to: .standardError)
    }

    package subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
}
