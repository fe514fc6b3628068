// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Fuzzing

/// The process that plays the cases, noting before each which one it is.
struct Player {
    let seed: UInt64
    let numbers: Range<Int>
    let progress: String

    func play() async throws {
        let file = try FileHandle(forWritingTo: URL(filePath: progress))
        try await Fuzzer.with(seed: seed) { fuzzer in
            for number in numbers {
                try Progress(number: number).write(to: file)
                if case .broken(let finding) = await fuzzer.play(number) {
                    line("FINDING \(finding)")
                    try Progress.countFinding(beside: progress)
                    // Many findings have few causes.
                    if Progress.findingCount(beside: progress) >= Supervisor.mostFindings { return }
                }
            }
        }
    }
}

/// What the watching process has to know of the playing one.
struct Progress {
    let number: Int

    func write(to file: FileHandle) throws {
        try file.seek(toOffset: 0)
        // Of one length, so that no digit of a longer number stays behind.
        try file.write(contentsOf: Data(String(format: "%020d", number).utf8))
    }

    /// Nil when nothing was noted yet.
    static func read(_ path: String) -> Progress? {
        let data = FileManager.default.contents(atPath: path)
        return data.flatMap { Int(String(decoding: $0, as: UTF8.self)) }.map(Progress.init)
    }

    private static func findings(beside path: String) -> String { path + ".findings" }

    static func countFinding(beside path: String) throws {
        let count = findingCount(beside: path) + 1
        try Data("\(count)".utf8).write(to: URL(filePath: findings(beside: path)))
    }

    static func findingCount(beside path: String) -> Int {
        let data = FileManager.default.contents(atPath: findings(beside: path))
        return data.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
    }
}
