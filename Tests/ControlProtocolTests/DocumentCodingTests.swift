// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore
import Foundation
import TestSupport
import Testing

/// What programs read is what the daemon wrote.
struct DocumentCodingTests {
    private static func document(_ decision: Decision, _ notebook: Notebook) -> DecisionDocument {
        DecisionDocument(decision, record: NotebookRecord(notebook, readAt: SampleDecision.noon, marks: nil))
    }

    private static var documents: [DecisionDocument] {
        let notebook = SampleDecision.notebook()
        let bare = Notebook(id: NotebookID("n"), name: "", status: .running)
        return [
            document(SampleDecision.stop(), notebook),
            document(SampleDecision.prolong(), notebook),
            document(SampleDecision.prolong(bare), bare),
        ]
    }

    @Test(arguments: documents)
    func `a document is read as it was written`(_ document: DecisionDocument) throws {
        let data = try JSONEncoder().encode(document)
        #expect(try JSONDecoder().decode(DecisionDocument.self, from: data) == document)
    }

    @Test
    func `what is absent is written as null, and a key that an older daemon does not write is read as absent`() throws {
        let document = MarkHolder(mark: nil)
        let data = try JSONEncoder().encode(document)
        #expect(String(decoding: data, as: UTF8.self) == #"{"mark":null}"#)
        #expect(try JSONDecoder().decode(MarkHolder.self, from: Data("{}".utf8)) == document)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(MarkHolder.self, from: Data(#"{"mark": 1}"#.utf8))
        }
    }

    private struct MarkHolder: Codable, Equatable {
        @ExplicitNull var mark: MarkDocument?
    }
}
