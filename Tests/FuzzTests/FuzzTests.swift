// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Fuzzing
import Testing

/// Some thousand cases of `make fuzz`, the same ones each time; one that hangs runs into the limit of time.
@Suite("Spoiled documents", .timeLimit(.minutes(20)))
struct FuzzTests {
    private static let seed: UInt64 = 20_261_121
    private static let cases = 2_000

    @Test(arguments: Family.allCases)
    func `I1, I9, I10, I11, I12, D1, D4, D8, D9: no garbage traps, hangs, leaks, or leads to an action`(
        _ family: Family
    ) async throws {
        try await Fuzzer.with(seed: Self.seed) { fuzzer in
            var (understood, refused) = (0, 0)
            for number in 0..<Self.cases where Family.of(case: number) == family {
                switch await fuzzer.play(number) {
                case .understood: understood += 1
                case .refused: refused += 1
                case .broken(let finding): Issue.record("\(finding)")
                }
            }
            // Documents that are all whole or all broken would show nothing.
            #expect(understood > 10 && refused > 10, "\(understood) understood, \(refused) refused")
        }
    }
}
