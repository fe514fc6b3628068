// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The exit codes that scripts and units may rely on (sysexits.h).
enum ExitStatus {
    /// The command line is wrong, or names no single notebook.
    static let usage = ExitCode(64)
    /// The daemon or the cloud cannot be reached.
    static let unavailable = ExitCode(69)
    /// Another daemon uses the state directory.
    static let temporary = ExitCode(75)
    /// The credentials were refused, or a secret lies open.
    static let notPermitted = ExitCode(77)
    /// The policy or the configuration is wrong.
    static let configuration = ExitCode(78)
}
