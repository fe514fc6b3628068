// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Foundation
import Testing

struct MarkTests {
    private let marks = MarkSettings(tag: "keep-alive", description: "keep-alive", longest: .days(14))

    // MARK: - Where a mark is

    @Test(arguments: [
        ("true", "true"), (" 2026-12-01\n", "2026-12-01"), ("", ""), ("yes", "yes"),
    ])
    func `a tag marks with its trimmed value`(value: String, text: String) {
        #expect(marks.text(of: Sample.notebook(tags: ["keep-alive": value])) == text)
    }

    @Test(arguments: [
        ("keep-alive=2026-12-01", "2026-12-01"),
        ("release 4.2, keep-alive=2026-12-01; thanks", "2026-12-01"),
        ("line one\nkeep-alive=true", "true"),
        ("line one\r\nkeep-alive=true\r\nline three", "true"),
        ("keep-alive=2026-12-01T08:00:00+01:00, please", "2026-12-01T08:00:00+01:00"),
        ("tab\tkeep-alive=true\tend", "true"),
        ("发布，keep-alive=2026-12-01。", "2026-12-01"),
        ("please (keep-alive=2026-12-01)", "2026-12-01"),
        ("space\u{a0}keep-alive=true\u{a0}end", "true"),
        ("keep-alive=true keep-alive=2026-12-01", "true"),
    ])
    func `a word in the description marks wherever it stands`(note: String, text: String) {
        #expect(marks.text(of: Sample.notebook(note: note)) == text)
    }

    @Test(arguments: [
        "", "keep-alive", "keep alive=true", "do-not-keep-alive=true", "Keep-Alive=true", "xkeep-alive=true",
    ])
    func `other words do not mark`(note: String) {
        #expect(marks.text(of: Sample.notebook(note: note)) == nil)
    }

    @Test func `a tag goes before the description`() {
        let notebook = Sample.notebook(tags: ["keep-alive": "2026-12-24"], note: "keep-alive=2026-12-01")
        #expect(marks.text(of: notebook) == "2026-12-24")
        #expect(MarkSettings(tag: nil, description: "keep-alive").text(of: notebook) == "2026-12-01")
        #expect(MarkSettings(tag: "other").text(of: notebook) == nil)
    }

    // MARK: - How long it holds

    @Test(arguments: [
        ("true", "2026-12-04T12:00:00Z"), ("TRUE", "2026-12-04T12:00:00Z"),
        ("2026-11-20", "2026-11-20T23:00:00Z"), ("2026-12-01", "2026-12-01T23:00:00Z"),
        ("2026-11-21T08:00:00+01:00", "2026-11-21T07:00:00Z"),
        ("2027-12-01", "2026-12-04T12:00:00Z"), ("9999-12-31T00:00:00Z", "2026-12-04T12:00:00Z"),
        ("2020-01-01", "2020-01-01T23:00:00Z"),
    ])
    func `a mark holds until what it says, and never longer than the policy allows`(text: String, end: String) throws {
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        let marks = MarkSettings(tag: "keep-alive", longest: .days(14), zone: zone)
        #expect(try marks.holdsUntil(MarkSighting(text: text, firstSeenAt: noon)) == Timestamp.at(end))
    }

    @Test(arguments: ["", "yes", "false", "1", "2026-02-30", "2026-12-01T08:00:00", "01.12.2026", "tru", "true "])
    func `a mark that is neither true, a date nor an instant holds nothing`(text: String) {
        #expect(marks.holdsUntil(MarkSighting(text: text, firstSeenAt: noon)) == nil)
    }

    // MARK: - Since when it is known

    /// Readings of the same notebook: hours after noon, and the mark's text then.
    private func record(_ readings: [(hours: Int, text: String?)]) -> NotebookRecord {
        var record = NotebookRecord(Sample.notebook(), readAt: noon - .days(9), marks: marks)
        for (hours, text) in readings {
            let tags = text.map { ["keep-alive": $0] } ?? [:]
            record.update(with: Sample.notebook(tags: .known(tags)), readAt: noon + .hours(hours), marks: marks)
        }
        return record
    }

    @Test func `a mark counts from its first sight, and writing another text does not begin anew`() {
        #expect(record([(0, "true")]).mark?.firstSeenAt == noon)
        #expect(record([(0, "true"), (1, "true")]).mark?.firstSeenAt == noon)
        let changed = record([(0, "true"), (2, "2026-12-01")]).mark
        #expect(changed == MarkSighting(text: "2026-12-01", firstSeenAt: noon))
        #expect(record([(0, "true"), (3, nil)]).mark == nil)
    }

    @Test(arguments: [(23, 0), (24, 25), (100, 101)])
    func `a mark that comes back within a day of absence goes on, and later begins anew`(absent: Int, firstSeen: Int) {
        let back = record([(0, "true"), (1, nil), (2, nil), (1 + absent, "2027-01-01")])
        #expect(back.mark?.firstSeenAt == noon + .hours(firstSeen))
    }

    @Test func `removing a mark again and again does not stretch the day`() {
        let back = record([(0, "true"), (1, nil), (20, "true"), (21, nil), (40, "true"), (41, nil), (65, "true")])
        #expect(back.mark?.firstSeenAt == noon + .hours(65))
        let sooner = record([(0, "true"), (1, nil), (20, "true"), (21, nil), (40, "true")])
        #expect(sooner.mark?.firstSeenAt == noon)
    }

    @Test func `a mark whose own time was over for a day, or that nobody could read, counts as absent`() {
        // 2026-11-20 ends twelve hours after noon.
        let (today, later) = ("2026-11-20", "2026-12-24")
        #expect(record([(0, today), (30, today), (36, later)]).mark?.firstSeenAt == noon + .hours(36))
        #expect(record([(0, today), (30, today), (35, later)]).mark?.firstSeenAt == noon)
        #expect(record([(0, "true"), (1, "ture"), (26, "true")]).mark?.firstSeenAt == noon + .hours(26))
        #expect(record([(0, "ture"), (9, "true")]).mark?.firstSeenAt == noon + .hours(9))
    }

    @Test func `a mark goes on over days in which nobody could read it`() {
        #expect(record([(0, "true"), (100, "true")]).mark?.firstSeenAt == noon)
        #expect(record([(0, "true"), (100, "2026-12-24")]).mark?.firstSeenAt == noon)
    }

    @Test func `a spell from before the daemon began goes on with whatever mark is there within a day`() {
        let spell = MarkSpell(since: noon - .days(10), absentSince: noon)
        var now = record([(0, nil), (3, "true")])
        now.recall(spell, marks: marks)
        #expect(now.mark == MarkSighting(text: "true", firstSeenAt: noon - .days(10)))
        var later = record([(25, "true")])
        later.recall(spell, marks: marks)
        #expect(later.mark?.firstSeenAt == noon + .hours(25))
        var without = record([(0, nil)])
        without.recall(spell, marks: marks)
        #expect(without.mark == nil)
        without.update(with: Sample.notebook(tags: ["keep-alive": "true"]), readAt: noon + .hours(5), marks: marks)
        #expect(without.mark?.firstSeenAt == noon - .days(10))
    }

    @Test func `a mark survives a stop and a start`() {
        var record = NotebookRecord(Sample.notebook(tags: ["keep-alive": "true"]), readAt: noon, marks: marks)
        record.update(
            with: Sample.notebook(.stopped, tags: ["keep-alive": "true"]),
            readAt: noon + .hours(1),
            marks: marks
        )
        record.update(with: Sample.notebook(tags: ["keep-alive": "true"]), readAt: noon + .hours(2), marks: marks)
        #expect(record.mark?.firstSeenAt == noon)
    }

    @Test func `a policy without marks sees none, and one that gains them sees it`() {
        var record = NotebookRecord(Sample.notebook(tags: ["keep-alive": "true"]), readAt: noon, marks: nil)
        #expect(record.mark == nil)
        record.note(marks: marks)
        #expect(record.mark?.text == "true")
        record.note(marks: nil)
        #expect(record.mark == nil)
    }

    // MARK: - What the planner makes of it

    private func decision(_ tag: String, at now: Timestamp) -> Decision {
        let rules = [
            Rule(name: "marked", match: Selector([.marked(true)]), outcome: .keepAlive(KeepAlive())),
            Rule(name: "others", outcome: .stop(warn: nil)),
        ]
        let record = NotebookRecord(Sample.notebook(tags: ["keep-alive": tag]), readAt: noon, marks: marks)
        return Planner.decide(record, policy: Sample.policy(rules: rules, marks: marks), now: now)
    }

    @Test func `I1: a mark keeps until the very millisecond it ends at`() throws {
        let end = try Timestamp.at("2026-11-21T00:00:00Z")
        let before = decision("2026-11-20", at: end - .milliseconds(1))
        #expect(before.rule == "marked")
        #expect(before.nextReview == end)
        #expect(decision("2026-11-20", at: end).action == .stop)
    }

    @Test func `a mark that nobody can read is complained about, for its user believes to be safe`() {
        let unreadable = decision("next tuesday", at: noon)
        #expect(unreadable.rule == "others")
        #expect(unreadable.reasons.contains(.markUnreadable("next tuesday")))
        #expect(!decision("true", at: noon).reasons.contains { $0.code == "mark-unreadable" })
        let expired = decision("2020-01-01", at: noon)
        #expect(!expired.reasons.contains { $0.code == "marked" })
        #expect(!expired.reasons.contains { $0.code == "mark-unreadable" })
    }

    @Test func `a mark that holds is told with every decision, whether or not a rule asks for it`() throws {
        let record = NotebookRecord(Sample.notebook(note: "keep-alive=2026-11-22"), readAt: noon, marks: marks)
        let asked = Planner.decide(record, policy: Sample.policy(rules: [], marks: marks), now: noon)
        let end = try Timestamp.at("2026-11-23T00:00:00Z")
        #expect(asked.mark?.origin == .description)
        #expect(asked.mark?.until == end)
        #expect(asked.nextReview == end)
        #expect(decision("true", at: noon).mark?.origin == .tag)
    }

    @Test func `a mark beyond the longest time holds no more, and its user is told why`() {
        let before = decision("2027-12-01", at: noon + .days(14) - .milliseconds(1))
        #expect(before.rule == "marked")
        #expect(before.nextReview == noon + .days(14))
        let after = decision("2027-12-01", at: noon + .days(14))
        #expect(after.action == .stop)
        #expect(after.reasons.contains(.markTooLong(since: noon, longest: .days(14))))
    }
}
