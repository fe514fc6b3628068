// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore
import Foundation
import TestSupport
import Testing

/// The status as programs and tables read it.
struct StatusTests {
    private static let odd = "a\"b\\c\u{1}\t\n\u{7f}é漢🦉/"

    private static var documents: [NotebookStatusDocument] {
        let full = SampleDecision.notebook()
        let bare = Notebook(id: NotebookID("n"), name: "", status: .unrecognized(odd))
        let strange = SampleDecision.notebook(name: odd)
        let state = NotebookStateDocument(
            underWay: "stop",
            isStuck: true,
            silences: [
                SilenceDocument(source: EvidenceName(odd), since: SampleDecision.noon, why: .unintelligible(odd))
            ]
        )
        return [
            document(SampleDecision.stop(), full, NotebookStateDocument()),
            document(SampleDecision.prolong(bare), bare, state),
            document(SampleDecision.prolong(strange), strange, state),
            document(SampleDecision.stop().held(by: .tooManyStops(due: 9, limit: 5)), strange, state),
        ]
    }

    private static func document(
        _ decision: Decision,
        _ notebook: Notebook,
        _ state: NotebookStateDocument
    ) -> NotebookStatusDocument {
        let record = NotebookRecord(notebook, readAt: SampleDecision.noon, marks: nil)
        return NotebookStatusDocument(decision, record: record, state: state)
    }

    @Test(arguments: documents)
    func `the quick writer writes what the general encoder does`(_ document: NotebookStatusDocument) throws {
        let quick = Data(document.json)
        #expect(try JSONDecoder().decode(NotebookStatusDocument.self, from: quick) == document)
        let general = try JSONSerialization.jsonObject(with: try JSONEncoder().encode(document))
        #expect(try JSONSerialization.jsonObject(with: quick) as? NSDictionary == general as? NSDictionary)
    }

    @Test func `a row of the table is read as it was written, and no text of a notebook can break its line`() throws {
        let notebook = SampleDecision.notebook(name: "two\u{7F}cells\nand lines")
        let record = NotebookRecord(notebook, readAt: SampleDecision.noon, marks: nil)
        let row = StatusTableRow(SampleDecision.stop(), record: record, underWay: "stop", isStuck: true)
        let read = try #require(StatusTableRow(row.line))
        #expect(read.name == "two cells and lines")
        var expected = row
        expected.name = read.name
        #expect(read == expected)
        let bare = Notebook(id: NotebookID("n"), name: "", status: .stopped)
        let other = NotebookRecord(bare, readAt: SampleDecision.noon, marks: nil)
        let empty = StatusTableRow(SampleDecision.prolong(bare), record: other, underWay: nil, isStuck: false)
        #expect(StatusTableRow(empty.line) == empty)
        #expect(StatusTableRow("no\u{7F}row") == nil)
    }

    @Test(
        arguments: [
            (nil, nil, nil), ("2026-12-01", nil, nil), ("2026-12-01T08:00:00Z", 60, nil), (nil, 0, nil), (nil, -1, nil),
            (nil, .infinity, nil), (nil, .nan, nil), (nil, 0.5, .after(.milliseconds(500))),
            ("2026-12-01T08:00:00+01:00", nil, .at(Timestamp(milliseconds: 1_796_108_400_000))),
        ] as [(String?, Double?, KeepDocument.End?)]
    )
    func `keep-alive has exactly one end`(_ until: String?, _ seconds: Double?, _ end: KeepDocument.End?) {
        let document = KeepDocument(until: until, forSeconds: seconds, reason: "thesis")
        #expect((try? document.end()) == end)
    }

    @Test func `a reason is one line of plain text`() throws {
        #expect(try ActReason.checked("  my  thesis ") == "my thesis")
        for bad in ["", "  ", "a\nb", "a\u{1B}[31m", "a\u{202E}b", String(repeating: "x", count: 1_001)] {
            #expect(throws: InvalidBody.self) { try ActReason.checked(bad) }
        }
    }
}
