// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Fuzzing

/// Watches the process that plays the cases: what ends it, holds it up or fills its memory is a finding.
struct Supervisor {
    let seed: UInt64
    let numbers: Range<Int>

    /// A case takes a millisecond; one that takes so long hangs.
    private static let patience = Duration.seconds(5)
    /// In kB; the documents have 2 MB at most.
    private static let mostMemory = 1_000_000
    /// With so many it ends.
    static let mostFindings = 20

    /// How the playing process ended.
    private enum End {
        case done
        case died(String)
        case held(String)
    }

    /// Plays all cases; tells whether all promises held.
    func run() async throws -> Bool {
        let folder = FileManager.default.temporaryDirectory.appending(path: "curfew-fuzz-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let progress = folder.appending(path: "progress").path()
        let begin = ContinuousClock.now
        var next = numbers.lowerBound
        var ends = 0
        var memory = 0
        while next < numbers.upperBound, ends + Progress.findingCount(beside: progress) < Self.mostFindings {
            try Data().write(to: URL(filePath: progress))
            let (end, highest) = try await play(from: next, progress: progress)
            memory = max(memory, highest)
            let number = Progress.read(progress)?.number
            switch end {
            case .done: next = (number ?? next) + 1
            case .died(let how), .held(let how):
                guard let number else { throw Failure(text: "no case could be played: \(how)") }
                ends += 1
                line("FINDING \(Finding(seed: seed, number: number, text: how))")
                next = number + 1
            }
        }
        let findings = ends + Progress.findingCount(beside: progress)
        tell(findings: findings, played: next - numbers.lowerBound, time: ContinuousClock.now - begin, memory: memory)
        return findings == 0
    }

    private func tell(findings: Int, played: Int, time: Duration, memory: Int) {
        let seconds = max(0.001, time / .seconds(1))
        line(
            "\(played) cases from seed \(seed) in \(String(format: "%.1f", seconds)) s "
                + "(\(Int(Double(played) / seconds)) a second), \(memory / 1_000) MB at most, \(findings) findings"
        )
    }

    private func play(from first: Int, progress: String) async throws -> (End, memory: Int) {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = [
            "--seed", "\(seed)", "--first", "\(first)", "--cases", "\(numbers.upperBound - first)", "--progress",
            progress,
        ]
        try process.run()
        let clock = ContinuousClock()
        var (number, since) = (-1, clock.now)
        var memory = 0
        while process.isRunning {
            try await clock.sleep(for: .milliseconds(100))
            let seen = Progress.read(progress)?.number ?? -1
            if seen != number { (number, since) = (seen, clock.now) }
            memory = max(memory, Self.highestMemory(of: process.processIdentifier))
            let held =
                memory > Self.mostMemory
                ? "\(memory) kB of memory are in use" : clock.now - since > Self.patience ? "it hangs" : nil
            if let held, process.isRunning {
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                return (.held(held), memory)
            }
        }
        if process.terminationReason == .exit, process.terminationStatus == 0 { return (.done, memory) }
        let what = process.terminationReason == .exit ? "exit status" : "signal"
        return (.died("the process ended with \(what) \(process.terminationStatus)"), memory)
    }

    /// The most memory that the process had, in kB; 0 when it has ended.
    private static func highestMemory(of id: Int32) -> Int {
        // Files of /proc have no length, so they are read in one go.
        let text = (try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }

    private struct Failure: Error, CustomStringConvertible {
        let text: String
        var description: String { text }
    }
}
