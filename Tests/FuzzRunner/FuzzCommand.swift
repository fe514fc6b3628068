// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Fuzzing

/// `make fuzz`: plays cases in a process of its own, which is watched, so that a crash or a hang is a finding as well.
@main
struct FuzzCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "curfew-fuzz",
        abstract: "Gives spoiled documents to everything that reads documents from outside."
    )

    @Option(help: "How many cases.")
    var cases = 100_000

    @Option(help: "Which cases: the same seed draws the same ones.")
    var seed: UInt64 = 1

    @Option(help: "The number of the first case, to play one again.")
    var first = 0

    @Option(help: .hidden)
    var progress: String?

    func validate() throws {
        guard cases > 0, first >= 0 else { throw ValidationError("--cases must be above 0, --first not below.") }
    }

    func run() async throws {
        if let progress {
            try await Player(seed: seed, numbers: first..<first + cases, progress: progress).play()
        } else {
            let isClean = try await Supervisor(seed: seed, numbers: first..<first + cases).run()
            if !isClean { throw ExitCode.failure }
        }
    }
}

/// Writes a line to standard output at once.
func line(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
}
