// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

@testable import FleetSimulation

/// `make soak`: days of random fleets, each held to every promise, until so many notebook-days have passed.
///
/// Arguments: the number of notebook-days, and the first seed. The exit code is 1 when a promise was broken.
@main
enum Soak {
    static func main() async {
        let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
        let wanted = Double(arguments.first ?? 10_000)
        let firstSeed = arguments.dropFirst().first ?? 1
        let total = await run(wanted, from: firstSeed)
        for violation in total.violations.sorted() { line("VIOLATION \(violation)") }
        line(total.description)
        exit(total.violations.isEmpty ? 0 : 1)
    }

    private static func run(_ wanted: Double, from firstSeed: UInt64) async -> SoakResult {
        let begun = ContinuousClock.now
        var total = SoakResult()
        var seed = firstSeed
        await withTaskGroup(of: SoakResult.self) { group in
            func add() {
                group.addTask { [seed] in SoakResult.day(seed: seed) }
                seed += 1
            }
            for _ in 0..<ProcessInfo.processInfo.activeProcessorCount { add() }
            for await result in group {
                total.add(result)
                if total.notebookDays < wanted { add() }
            }
        }
        total.seconds = (ContinuousClock.now - begun) / .seconds(1)
        return total
    }

    private static func line(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }
}
