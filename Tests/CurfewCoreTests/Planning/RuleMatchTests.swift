// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

struct RuleMatchTests {
    /// A condition, what the notebook carries, and whether a rule with it alone decides.
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var condition: Selector.Condition
        var change: @Sendable (inout Notebook) -> Void = { _ in }
        /// Whether the condition holds; nil where the notebook does not carry the field.
        var holds: Bool?

        init(
            _ name: String,
            _ condition: (([Glob]) -> Selector.Condition),
            _ patterns: [String],
            _ holds: Bool?,
            _ change: @escaping @Sendable (inout Notebook) -> Void = { _ in }
        ) {
            testDescription = name
            self.condition = condition(patterns.compactMap { try? Glob($0) })
            self.holds = holds
            self.change = change
        }

        init(
            _ name: String,
            _ condition: Selector.Condition,
            _ holds: Bool?,
            _ change: @escaping @Sendable (inout Notebook) -> Void = { _ in }
        ) {
            testDescription = name
            self.condition = condition
            self.holds = holds
            self.change = change
        }
    }

    private static func team(_ globs: [Glob]) -> Selector.Condition { .tag(key: "team", globs) }

    static let cases: [Case] = [
        Case("id", Selector.Condition.id, ["1111*"], true),
        Case("another id", Selector.Condition.id, ["2222*"], false),
        Case("name", Selector.Condition.name, ["train*"], true),
        Case("name in another case", Selector.Condition.name, ["Train*"], false),
        Case("one of several names", Selector.Condition.name, ["eval-*", "train*"], true),
        Case("no name at all", Selector.Condition.name, [], false),
        Case("a name nobody told", Selector.Condition.name, ["prod-*"], nil) { $0.name = "" },
        Case("owner by name", Selector.Condition.owner, ["alice"], true),
        Case("owner by id", Selector.Condition.owner, ["u-*"], true),
        Case("another owner", Selector.Condition.owner, ["bob"], false),
        Case("owner in another case", Selector.Condition.owner, ["Alice", "U-1"], false),
        Case("an owner nobody told", Selector.Condition.owner, ["*"], nil) { $0.owner = Notebook.Owner() },
        Case("owner known by id only", Selector.Condition.owner, ["alice"], false) { $0.owner.name = nil },
        Case("workspace", Selector.Condition.workspace, ["0"], true) { $0.workspaceID = "0" },
        Case("another workspace", Selector.Condition.workspace, ["0"], false) { $0.workspaceID = "1" },
        Case("no workspace", Selector.Condition.workspace, ["*"], nil),
        Case("flavor", Selector.Condition.flavor, ["*.gpu.*"], true) { $0.flavor = "modelarts.vm.gpu.v100" },
        Case("another flavor", Selector.Condition.flavor, ["*.gpu.*", "*.npu.*"], false) {
            $0.flavor = "modelarts.vm.cpu.2u"
        },
        Case("no flavor", Selector.Condition.flavor, ["*"], nil),
        Case("image by name", Selector.Condition.image, ["pytorch*"], true) {
            $0.image = Notebook.NamedReference(id: "i-1", name: "pytorch-2")
        },
        Case("image by id", Selector.Condition.image, ["i-1"], true) { $0.image = Notebook.NamedReference(id: "i-1") },
        Case("another image", Selector.Condition.image, ["i-2", "mindspore*"], false) {
            $0.image = Notebook.NamedReference(id: "i-1", name: "pytorch-2")
        },
        Case("an image without name and id", Selector.Condition.image, ["*"], nil) {
            $0.image = Notebook.NamedReference()
        },
        Case("no image", Selector.Condition.image, ["*"], nil),
        Case("pool by name", Selector.Condition.pool, ["pool-t*"], true) {
            $0.pool = Notebook.NamedReference(id: "p-1", name: "pool-teaching")
        },
        Case("pool by id", Selector.Condition.pool, ["p-1"], true) { $0.pool = Notebook.NamedReference(id: "p-1") },
        Case("another pool", Selector.Condition.pool, ["p-2"], false) { $0.pool = Notebook.NamedReference(id: "p-1") },
        Case("a pool without name and id", Selector.Condition.pool, ["*"], nil) { $0.pool = Notebook.NamedReference() },
        Case("outside any pool", Selector.Condition.pool, ["*"], false),
        Case("feature", Selector.Condition.feature, ["NOTEBOOK"], true) { $0.feature = "NOTEBOOK" },
        Case("another feature", Selector.Condition.feature, ["NOTEBOOK"], false) { $0.feature = "DEFAULT" },
        Case("no feature", Selector.Condition.feature, ["*"], nil),
        Case("tag", team, ["ml*"], true) { $0.tags = ["team": "ml-1"] },
        Case("tag with another value", team, ["ml*"], false) { $0.tags = ["team": "web"] },
        Case("no such tag", team, ["*"], false) { $0.tags = ["Team": "ml"] },
        Case("an empty tag", team, ["*"], true) { $0.tags = ["team": ""] },
        Case("tags that cannot be read", team, ["*"], nil) { $0.tags = .unreadable },
        Case("description", Selector.Condition.description, ["*scratch*"], true) { $0.note = "my scratch pad" },
        Case("an empty description", Selector.Condition.description, [""], true) { $0.note = "" },
        Case("no description matches no glob", Selector.Condition.description, ["*"], false) { $0.note = nil },
        Case("lease type", .leaseType([.timing]), true),
        Case("another lease type", .leaseType([.idle]), false),
        Case("one of the lease types", .leaseType([.idle, .timing]), true),
        Case("an unreadable lease", .leaseType([.timing, .idle]), nil) { $0.lease = .unreadable },
        Case("a lease of an unheard-of type", .leaseType([.timing, .idle]), false) {
            $0.lease = Sample.lease(left: .hours(1), kind: .unrecognized("NIGHTLY"))
        },
    ]

    private func matches(_ condition: Selector.Condition, _ notebook: Notebook) -> Bool {
        let rule = Rule(name: "it", match: Selector([condition]), outcome: .exempt)
        let record = Sample.record(notebook)
        return Planner.decide(record, policy: Sample.policy(rules: [rule]), now: noon).rule == "it"
    }

    @Test(arguments: cases)
    func `a condition looks at its field`(condition: Case) {
        var notebook = Sample.notebook()
        condition.change(&notebook)
        #expect(matches(condition.condition, notebook) == (condition.holds == true))
    }

    @Test(arguments: cases)
    func `a condition under not holds where it does not, and never on a field that is not there`(condition: Case) {
        var notebook = Sample.notebook()
        condition.change(&notebook)
        let negated = Selector.Condition.not(Selector([condition.condition]))
        #expect(matches(negated, notebook) == (condition.holds == false))
        #expect(matches(.not(Selector([negated])), notebook) == (condition.holds == true))
    }

    @Test(
        arguments: [
            // What is known of two conditions, and what is known of both and of not both.
            (true, true, true, false), (true, false, false, true), (false, true, false, true),
            (false, false, false, true),
            (true, nil, false, false), (nil, true, false, false), (nil, nil, false, false), (false, nil, false, true),
            (nil, false, false, true),
        ] as [(Bool?, Bool?, Bool, Bool)]
    )
    func `conditions are ANDed, and what is not carried is neither yes nor no`(
        first: Bool?,
        second: Bool?,
        both: Bool,
        notBoth: Bool
    ) throws {
        func condition(_ holds: Bool?) throws -> Selector.Condition {
            switch holds {
            case true?: .name(try Sample.globs("trainer"))
            case false?: .name(try Sample.globs("other"))
            case nil: .flavor(try Sample.globs("*"))
            }
        }
        let conditions = [try condition(first), try condition(second)]
        let rule = Rule(name: "it", match: Selector(conditions), outcome: .exempt)
        let record = Sample.record()
        #expect((Planner.decide(record, policy: Sample.policy(rules: [rule]), now: noon).rule == "it") == both)
        #expect(matches(.not(Selector(conditions)), Sample.notebook()) == notBoth)
    }

    @Test func `no condition matches everything, and its negation nothing`() {
        #expect(matches(.not(Selector([.not(Selector())])), Sample.notebook()))
        #expect(!matches(.not(Selector()), Sample.notebook()))
    }

    @Test func `the first rule that matches decides`() throws {
        let rules = [
            Rule(name: "first", match: Selector([.name(try Sample.globs("other"))]), outcome: .stop(warn: nil)),
            Rule(name: "second", match: Selector([.owner(try Sample.globs("alice"))]), outcome: .exempt),
            Rule(name: "third", outcome: .stop(warn: nil)),
        ]
        let decision = Planner.decide(Sample.record(), policy: Sample.policy(rules: rules), now: noon)
        #expect(decision.rule == "second")
        #expect(decision.reasons == [.exempt])
        #expect(decision.action == .leave)
    }

    @Test func `where no rule matches the notebook is left`() throws {
        let decision = Planner.decide(Sample.record(), policy: Sample.policy(rules: []), now: noon)
        #expect(decision.action == .leave)
        #expect(decision.reasons == [.noRule])
        #expect(decision.rule == nil)
        #expect(decision.nextReview == nil)
    }
}
