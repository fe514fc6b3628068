// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials
import PolicyFile
import Testing

@Suite("Corpus of policy files", .timeLimit(.minutes(20)))
struct CorpusTests {
    @Test func `the corpus is there`() {
        #expect(Fixture.good.count >= 6)
        #expect(Fixture.bad.count >= 28)
    }

    @Test(arguments: Fixture.good)
    func `a good file loads with exactly the expected warnings`(fixture: Fixture) {
        let load = load(fixture.text)
        #expect(load.lines == fixture.expected)
        #expect(load.policy != nil)
    }

    @Test(arguments: Fixture.bad)
    func `I9, D14: a bad file yields no policy and all of its problems at their places`(fixture: Fixture) {
        let load = load(fixture.text)
        #expect(load.lines == fixture.expected)
        #expect(load.policy == nil)
        #expect(load.diagnostics.contains { $0.severity == .error })
    }

    @Test(arguments: Fixture.bad)
    func `I11: no diagnostic repeats a secret`(fixture: Fixture) {
        for line in load(fixture.text).lines { #expect(!line.contains("hunter2")) }
    }

    @Test func `the example loads without a word`() throws {
        let load = PolicyLoader().load(path: Repository.examplePolicy.path, now: loadingTime)
        #expect(load.diagnostics.isEmpty)
        let policy = try #require(load.policy)
        #expect(policy.mode == .observe)
        #expect(policy.rules.count == 6)
    }
}
