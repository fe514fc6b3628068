// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What the service manager tells a service by its environment (systemd.exec(5)).
package struct ServiceEnvironment: Sendable, Equatable {
    /// Where the unit's credentials lie, each a file (`LoadCredential=`); nil outside a unit that has some.
    package let credentialsDirectory: String?
    /// Where the service keeps what must outlive it (`StateDirectory=`).
    package let stateDirectory: String?
    /// Where the service keeps its socket (`RuntimeDirectory=`).
    package let runtimeDirectory: String?
    /// Device and inode of the stream that leads to the journal, as `DEVICE:INODE`.
    let journalStream: String?

    /// Reads the given environment; an empty value is none.
    ///
    /// systemd separates several directories by colons. A unit of curfew has one of each kind, so the first is taken.
    package init(environment: [String: String]) {
        func value(_ name: String) -> String? {
            guard let value = environment[name], !value.isEmpty else { return nil }
            return value
        }
        func directory(_ name: String) -> String? {
            value(name)?.split(separator: ":").first.map(String.init)
        }
        // Only one credentials directory can be, so a colon in it is a colon.
        credentialsDirectory = value("CREDENTIALS_DIRECTORY")
        stateDirectory = directory("STATE_DIRECTORY")
        runtimeDirectory = directory("RUNTIME_DIRECTORY")
        journalStream = value("JOURNAL_STREAM")
    }
}
