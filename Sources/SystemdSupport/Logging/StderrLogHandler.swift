// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import Logging

/// Writes log events as lines of text to standard error: for terminals, containers and `--log stderr`.
package struct StderrLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let output: LogLine.Output
    private let time: @Sendable () -> String

    /// The closure gives the present time as it shall stand in the line, such as `2026-11-21T08:00:00.000Z`.
    package init(
        logLevel: Logger.Level = .info,
        metadataProvider: Logger.MetadataProvider? = nil,
        time: @escaping @Sendable () -> String
    ) {
        self.init(logLevel: logLevel, metadataProvider: metadataProvider, output: .standardError, time: time)
    }

    init(
        logLevel: Logger.Level,
        metadataProvider: Logger.MetadataProvider? = nil,
        output: LogLine.Output,
        time: @escaping @Sendable () -> String
    ) {
        self.logLevel = logLevel
        self.metadataProvider = metadataProvider
        self.output = output
        self.time = time
    }

    package func log(event: LogEvent) {
        let all = event.allMetadata(of: metadata, provider: metadataProvider)
        LogLine(event, metadata: all, time: time()).write(to: output)
    }

    package subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
}
