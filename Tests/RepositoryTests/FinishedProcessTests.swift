// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// What the tests themselves stand on.
@Suite(.timeLimit(.minutes(20)))
struct FinishedProcessTests {
    @Test
    func `a program that ran to its end leaves no file open, or many of them end the test run`() async throws {
        for _ in 0..<20 { _ = try await FinishedProcess.run("/bin/true", []) }
        // Other tests run programs at the same time: their files are open for a moment, too.
        let closed = await eventually(within: .seconds(10)) { openAndRemoved().count < 20 ? true : nil }
        #expect(closed == true, "\(openAndRemoved())")
    }

    /// The files of programs that ran to their end, still open although they are removed.
    private func openAndRemoved() -> [String] {
        let folder = "/proc/self/fd"
        // A descriptor may be closed while the folder is read.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)") }
            .filter { $0.hasSuffix("/output (deleted)") || $0.hasSuffix("/errors (deleted)") }
    }
}
