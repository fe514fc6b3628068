// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Plays cases: each is a document drawn from a seed and a number, given to the code that reads such documents.
package struct Fuzzer: Sendable {
    private let bench: Bench
    let seed: UInt64

    /// Runs `body` with a fuzzer, whose servers end afterwards.
    package static func with<Result>(seed: UInt64, _ body: (Fuzzer) async throws -> Result) async throws -> Result {
        try await Bench.with { try await body(Fuzzer(bench: $0, seed: seed)) }
    }

    /// Plays one case.
    package func play(_ number: Int) async -> Outcome {
        // The number is mixed in by the generator itself, so that neighbours have nothing in common.
        var numbers = SeededGenerator(seed: seed &+ UInt64(truncatingIfNeeded: number) &* 0xD134_2543_DE82_EF95)
        var random = SeededGenerator(seed: numbers.next())
        do {
            return try await Family.of(case: number).play(bench, &random) ? .understood : .refused
        } catch {
            return .broken(Finding(seed: seed, number: number, text: "\(error)"))
        }
    }

    /// How a case ended.
    package enum Outcome: Sendable {
        /// The document was spoiled where it does not matter.
        case understood
        /// The document was refused, or told nothing.
        case refused
        case broken(Finding)
    }
}

/// A case that broke a promise.
package struct Finding: Sendable, CustomStringConvertible {
    package let seed: UInt64
    package let number: Int
    let text: String

    package init(seed: UInt64, number: Int, text: String) {
        self.seed = seed
        self.number = number
        self.text = text
    }

    package var description: String {
        "\(Family.of(case: number).rawValue): \(text)\nagain: make fuzz SEED=\(seed) FIRST=\(number) CASES=1"
    }
}
