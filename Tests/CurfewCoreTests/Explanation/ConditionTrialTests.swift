// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials
import Testing

/// What every kind of condition says in words.
struct ConditionTrialTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let condition: Selector.Condition
        let verdict: ConditionTrial.Verdict
        let text: String
        let change: @Sendable (inout Notebook) -> Void

        init(
            _ condition: Selector.Condition,
            _ verdict: ConditionTrial.Verdict,
            _ text: String,
            _ change: @escaping @Sendable (inout Notebook) -> Void = { _ in }
        ) {
            (self.condition, self.verdict, self.text, self.change) = (condition, verdict, text, change)
            testDescription = text
        }
    }

    private static func globs(_ patterns: String...) -> [Glob] { patterns.compactMap { try? Glob($0) } }
    private static func not(_ conditions: Selector.Condition...) -> Selector.Condition { .not(Selector(conditions)) }
    private static func times(_ from: Int, _ to: Int) -> Selector.Condition {
        .during(During([Schedule(windows: [Window(from: from, to: to)].compactMap(\.self), clock: WallClock(.gmt))]))
    }

    static let cases: [Case] = [
        Case(.id(globs("2222*")), .fails, "id is 11111111-2222-4333-8444-555555555555, the rule wants 2222*"),
        Case(.name(globs("eval-*", "prod")), .fails, "name is trainer, the rule wants eval-* or prod"),
        Case(.name(globs("t*")), .cannotTell, "its name is not known, the rule wants t*") { $0.name = "" },
        Case(.name([]), .fails, "name is trainer, the rule wants nothing that there is"),
        Case(.owner(globs("bob")), .fails, "owner is alice (u-1), the rule wants bob"),
        Case(.owner(globs("alice")), .fails, "owner is u-1, the rule wants alice") { $0.owner.name = nil },
        Case(.owner(globs("*")), .cannotTell, "its owner is not known, the rule wants *") { $0.owner = .init() },
        Case(.workspace(globs("0")), .fails, "workspace is 7, the rule wants 0") { $0.workspaceID = "7" },
        Case(.flavor(globs("*.gpu.*")), .fails, "flavor is modelarts.vm.cpu.2u, the rule wants *.gpu.*") {
            $0.flavor = "modelarts.vm.cpu.2u"
        },
        Case(.flavor(globs("*.gpu.*")), .cannotTell, "its flavor is not known, the rule wants *.gpu.*"),
        Case(.image(globs("tf*")), .fails, "image is pytorch (i-1), the rule wants tf*") {
            $0.image = .init(id: "i-1", name: "pytorch")
        },
        Case(.pool(globs("p-2")), .fails, "it is in no dedicated pool, the rule wants p-2"),
        Case(.pool(globs("p-2")), .fails, "pool is teaching (p-1), the rule wants p-2") {
            $0.pool = .init(id: "p-1", name: "teaching")
        },
        Case(.feature(globs("DEFAULT")), .fails, "feature is NOTEBOOK, the rule wants DEFAULT") {
            $0.feature = "NOTEBOOK"
        },
        Case(.tag(key: "team", globs("ml*")), .fails, "tag team is web, the rule wants ml*") {
            $0.tags = ["team": "web"]
        },
        Case(.tag(key: "team", globs("ml*")), .fails, "it has no tag team, the rule wants tag team ml*"),
        Case(.tag(key: "team", globs("ml*")), .cannotTell, "its tags could not be read, the rule wants tag team ml*") {
            $0.tags = .unreadable
        },
        Case(.description(globs("keep*")), .fails, #"description is "scratch", the rule wants keep*"#) {
            $0.note = "scratch"
        },
        Case(.description(globs("keep*")), .fails, "it has no description, the rule wants keep*"),
        Case(.leaseType([.idle]), .fails, "lease type is TIMING, the rule wants IDLE"),
        Case(.leaseType([.idle]), .cannotTell, "its lease could not be read, the rule wants IDLE") {
            $0.lease = .unreadable
        },
        Case(.marked(true), .fails, "no keep-alive mark or grant holds, the rule wants one that holds"),
        Case(
            .marked(true),
            .cannotTell,
            "its tags could not be read, and may hold a keep-alive mark, the rule wants one that holds"
        ) {
            $0.tags = .unreadable
        },
        Case(
            .marked(false),
            .fails,
            "its tag asks for keep-alive, holding until 2026-12-02T00:00:00.000Z, the rule wants none"
        ) { $0.tags = ["keep": "2026-12-01"] },
        Case(.runningFor(.days(3)), .fails, "running for 5h, the rule wants at least 3d"),
        Case(times(0, 60), .fails, "now is outside the times of the rule, the rule wants a time within them"),
        Case(not(times(660, 780)), .fails, "now is within the times of the rule, the rule excludes a time within them"),
        Case(
            .spent(UsageSample.week40),
            .cannotTell,
            "nobody knows how much of the budget is used (the runs of earlier times have not been read from the ledger), "
                + "the rule wants a spent budget"
        ),
        Case(not(.owner(globs("ali*"))), .fails, "owner is alice (u-1), the rule excludes ali*"),
        Case(not(.owner(globs("*"))), .cannotTell, "its owner is not known, the rule excludes *") {
            $0.owner = .init()
        },
        Case(
            not(.owner(globs("alice")), .name(globs("t*"))),
            .fails,
            "owner is alice (u-1), name is trainer, the rule excludes owner alice together with name t*"
        ),
        Case(
            not(not(.owner(globs("bob"))), .marked(false)),
            .fails,
            "owner is alice (u-1), no keep-alive mark or grant holds, the rule excludes anything but owner bob "
                + "together with no keep-alive mark and no grant"
        ),
        Case(not(not(.owner(globs("bob")))), .fails, "owner is alice (u-1), the rule wants bob"),
        Case(not(), .fails, "it is a notebook, the rule excludes every one"),
    ]

    private func trial(_ condition: Selector.Condition, _ change: (inout Notebook) -> Void) throws -> RuleTrial {
        var notebook = Sample.notebook()
        change(&notebook)
        let marks = MarkSettings(tag: "keep")
        let rule = Rule(name: "it", match: Selector([condition]), outcome: .exempt)
        let policy = Sample.policy(rules: [rule], marks: marks)
        return try #require(Explanation(Sample.record(notebook, marks: marks), policy: policy, now: noon).rules.first)
    }

    @Test(arguments: cases)
    func `a condition that rules a rule out says what the notebook has and what the rule wants`(one: Case) throws {
        let trial = try trial(one.condition, one.change)
        let obstacle = try #require(trial.obstacle)
        #expect(obstacle.description == one.text)
        #expect(obstacle.verdict == one.verdict)
    }

    @Test(arguments: RuleMatchTests.cases)
    func `the verdict is the one by which rules decide`(one: RuleMatchTests.Case) throws {
        let trial = try trial(one.condition, one.change)
        let expected: ConditionTrial.Verdict = one.holds.map { $0 ? .holds : .fails } ?? .cannotTell
        #expect(trial.conditions.map(\.verdict) == [expected])
        #expect((trial.result == .decides) == (one.holds == true))
    }

    @Test func `a long description is cut`() throws {
        let trial = try trial(.description(Self.globs("x"))) { $0.note = String(repeating: "long ", count: 100) }
        #expect(try #require(trial.obstacle).has.count < 90)
    }

    @Test func `a spent budget is told with its figures`() throws {
        let policy = UsageSample.policy(UsageSample.week40)
        let book = try UsageSample.book(policy, [UsageSample.run("a", from: noon - .hours(39))])
        let explanation = Explanation(UsageSample.record("a"), policy: policy, usage: book, now: noon)
        let text = "used 39h of 40h by owner alice this week, the rule wants a spent budget"
        #expect(explanation.rules[0].obstacle?.description == text)
        #expect(explanation.rules[0].obstacle?.changesAt == noon + .hours(1) + .milliseconds(1))
    }
}
