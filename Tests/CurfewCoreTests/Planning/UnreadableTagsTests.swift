// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

/// What protects a notebook may stand in tags that cannot be read.
struct UnreadableTagsTests {
    private let marks = MarkSettings(tag: "keep-alive", description: "keep-alive", longest: .days(14))
    private let dark = Sample.notebook(tags: .unreadable)

    private func decision(
        first: Selector.Condition,
        _ record: NotebookRecord,
        then outcome: Outcome = .stop(warn: nil),
        marks: MarkSettings? = nil,
        at now: Timestamp = noon
    ) -> Decision {
        let rules = [
            Rule(name: "first", match: Selector([first]), outcome: .keepAlive(KeepAlive())),
            Rule(name: "second", outcome: outcome),
        ]
        return Planner.decide(record, policy: Sample.policy(rules: rules, marks: marks), now: now)
    }

    @Test func `I1: below a rule about tags, a notebook whose tags cannot be read is not stopped`() throws {
        let tag = Selector.Condition.tag(key: "team", try Sample.globs("ml"))
        let looks = [Sample.look(.idle(since: noon - .hours(4)), at: noon)]
        for condition in [tag, .not(Selector([tag])), .not(Selector([.not(Selector([tag]))]))] {
            for outcome in [
                Outcome.stop(warn: nil), .stop(warn: .hours(1)), Sample.idle(), Sample.idle(warn: .minutes(5)),
            ] {
                let decision = decision(first: condition, Sample.record(dark, looks: looks), then: outcome)
                #expect(decision.action == .leave)
                #expect(decision.rule == "second")
                #expect(decision.reasons == [.tagsUnreadable])
                #expect(decision.deadline == nil)
                #expect(decision.probe == nil)
            }
        }
    }

    @Test func `what decides without the tags goes on as ever`() throws {
        let record = Sample.record(dark)
        let other = [Selector.Condition.name(try Sample.globs("other")), .tag(key: "team", try Sample.globs("ml"))]
        let conditions = [other, other.reversed(), [.name(try Sample.globs("other"))]]
        for conditions in conditions {
            let rules = [
                Rule(name: "first", match: Selector(conditions), outcome: .exempt),
                Rule(name: "second", outcome: .stop(warn: nil)),
            ]
            #expect(Planner.decide(record, policy: Sample.policy(rules: rules), now: noon).action == .stop)
        }
    }

    @Test func `a tag that may or may not be there does not make a rule match`() throws {
        let rules = [
            Rule(
                name: "it",
                match: Selector([.not(Selector([.tag(key: "keep", try Sample.globs("*"))]))]),
                outcome: .stop(warn: nil)
            )
        ]
        let decision = Planner.decide(Sample.record(dark), policy: Sample.policy(rules: rules), now: noon)
        #expect(decision.rule == nil)
    }

    @Test func `I1: where tags mark, a mark may stand in those that cannot be read`() {
        let decision = decision(first: .marked(true), Sample.record(dark, marks: marks), marks: marks)
        #expect(decision.action == .leave)
        #expect(decision.reasons == [.tagsUnreadable])
    }

    @Test func `where only descriptions mark, or nothing does, tags hide no mark`() {
        let worded = MarkSettings(description: "keep-alive")
        #expect(decision(first: .marked(true), Sample.record(dark, marks: worded), marks: worded).action == .stop)
        #expect(decision(first: .marked(true), Sample.record(dark)).action == .stop)
    }

    @Test func `I1: a mark that was read before goes on holding, for as long as it was known to`() {
        let record = {
            var record = NotebookRecord(Sample.notebook(tags: ["keep-alive": "true"]), readAt: noon, marks: marks)
            record.update(with: dark, readAt: noon + .hours(1), marks: marks)
            return record
        }()
        let held = decision(first: .marked(true), record, marks: marks, at: noon + .hours(2))
        #expect(held.rule == "first")
        let ended = decision(first: .marked(true), record, marks: marks, at: noon + .days(14))
        #expect(ended.reasons.first == .tagsUnreadable)
        var seenAgain = record
        seenAgain.update(with: Sample.notebook(), readAt: noon + .hours(3), marks: marks)
        #expect(seenAgain.mark == nil)
    }

    @Test func `a mark in the description holds, whatever the tags may say`() {
        let notebook = Sample.notebook(tags: .unreadable, note: "keep-alive=true")
        let decision = decision(first: .marked(true), Sample.record(notebook, marks: marks), marks: marks)
        #expect(decision.rule == "first")
    }

    @Test func `I5: where the rule lets no lease end in use, none ends for tags that cannot be read`() {
        let notebook = Sample.notebook(tags: .unreadable, lease: Sample.lease(left: .minutes(10)))
        let record = Sample.record(notebook, marks: marks)
        let prolonged = decision(
            first: .marked(true),
            record,
            then: Sample.idle(whileActive: .prolong),
            marks: marks
        )
        #expect(prolonged.action == .prolong(.hours(2), .timing))
        #expect(prolonged.reasons.last == .tagsUnreadable)
        #expect(decision(first: .marked(true), record, then: Sample.idle(), marks: marks).action == .leave)
        let long = Sample.record(Sample.notebook(tags: .unreadable), marks: marks)
        let later = decision(first: .marked(true), long, then: Sample.idle(whileActive: .prolong), marks: marks)
        #expect(later.action == .leave)
        #expect(later.nextReview == noon + .hours(10) - .minutes(30) + .milliseconds(1))
    }
}
