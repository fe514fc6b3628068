// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import PolicyFile
import Testing

@Suite("Mistakes of administrators", .timeLimit(.minutes(20)))
struct FaultTests {
    @Test func `the tables are there, and name each mistake once`() {
        #expect(Fault.all.count >= 150)
        #expect(Set(Fault.all.map(\.name)).count == Fault.all.count)
        #expect(Set(Fault.all.map(\.text)).count == Fault.all.count)
    }

    @Test(arguments: Fault.all)
    func `I9, D14: a mistake is told at its place, in these words, and yields no policy`(fault: Fault) {
        let load = load(fault.text)
        #expect(load.lines == fault.expected)
        #expect(load.policy == nil)
        // Nobody is helped by a place outside the file.
        let lines = fault.text.split(separator: "\n", omittingEmptySubsequences: false).count
        #expect(load.diagnostics.allSatisfy { (1...max(1, lines)).contains($0.line) && $0.column >= 1 })
        #expect(!load.lines.contains { $0.contains("hunter2") }, "I11: a secret is repeated")
    }

    @Test func `the schema refuses every mistake that a schema can see`() throws {
        let limits = Set(SchemaLimit.allCases.map(\.rawValue))
        for (fault, result) in zip(Fault.all, try SchemaChecker.check(Fault.all.map(\.text))) {
            let isAccepted = result.verdict == "accepts"
            #expect(isAccepted == (fault.limit != nil), "\(fault.name): \(result.verdict) \(result.complaints)")
            if let limit = fault.limit { #expect(limits.contains(limit), "\(fault.name): \(limit)") }
        }
        #expect(Set(Fault.all.compactMap(\.limit)) == limits, "a limit that nothing shows is none")
    }
}
