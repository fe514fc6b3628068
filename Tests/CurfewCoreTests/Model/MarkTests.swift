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
        let mark = MarkSighting(text: text, firstSeenAt: noon)
        #expect(try mark.holdsUntil(longest: .days(14), zone: zone) == Timestamp.at(end))
    }

    @Test(arguments: ["", "yes", "false", "1", "2026-02-30", "2026-12-01T08:00:00", "01.12.2026", "tru", "true "])
    func `a mark that is neither true, a date nor an instant holds nothing`(text: String) {
        #expect(MarkSighting(text: text, firstSeenAt: noon).holdsUntil(longest: .days(14), zone: .gmt) == nil)
    }

    // MARK: - Since when it is known

    @Test func `a mark counts from its first sight, and a changed one is new`() {
        var record = NotebookRecord(Sample.notebook(tags: ["keep-alive": "true"]), readAt: noon, marks: marks)
        #expect(record.mark?.firstSeenAt == noon)
        record.update(with: Sample.notebook(tags: ["keep-alive": "true"]), readAt: noon + .hours(1), marks: marks)
        #expect(record.mark?.firstSeenAt == noon)
        record.update(with: Sample.notebook(tags: ["keep-alive": "2026-12-01"]), readAt: noon + .hours(2), marks: marks)
        #expect(record.mark == MarkSighting(text: "2026-12-01", firstSeenAt: noon + .hours(2)))
        record.update(with: Sample.notebook(), readAt: noon + .hours(3), marks: marks)
        #expect(record.mark == nil)
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
        #expect(!expired.reasons.contains { $0.code == "mark-unreadable" })
    }
}
