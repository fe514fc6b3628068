// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore
import Testing

struct NotebookReferenceTests {
    private static let fleet = [
        ("aa11", "trainer"), ("aa12", "dashboard"), ("bb21", "twin"), ("bb22", "twin"), ("cc31", "aa"),
        ("dd41", "cc31"),
    ].map { NotebookName(id: $0.0, name: $0.1, owner: nil) }

    @Test(
        arguments: [
            ("aa11", "aa11"), ("trainer", "aa11"), ("aa12", "aa12"), ("d", "dd41"),
            // The whole name of one is more than the beginning of the ids of others.
            ("aa", "cc31"),
            // The whole id of one is more than the name of another.
            ("cc31", "cc31"),
        ]
    )
    func `an id, a name, or the beginning of an id names a notebook`(_ text: String, _ id: String) throws {
        #expect(try NotebookReference(text).resolve(among: Self.fleet) == NotebookID(id))
    }

    @Test(arguments: ["", "zz", "train", "AA11", "aa111"])
    func `what names no notebook is unknown; nothing is guessed`(_ text: String) {
        #expect(throws: NotebookReference.Unresolved.unknown(text)) {
            try NotebookReference(text).resolve(among: Self.fleet)
        }
    }

    @Test(arguments: [("twin", ["bb21", "bb22"]), ("b", ["bb21", "bb22"]), ("aa1", ["aa12", "aa11"])])
    func `a name that several notebooks bear names all of them, sorted by name`(_ text: String, _ ids: [String]) {
        #expect {
            try NotebookReference(text).resolve(among: Self.fleet)
        } throws: { error in
            guard case .ambiguous(text, let names, 2)? = error as? NotebookReference.Unresolved else { return false }
            return names.map(\.id) == ids
        }
    }

    @Test
    func `a beginning that fits a whole fleet lists the first candidates and counts all`() {
        let fleet = (0..<10_000).map { NotebookName(id: "n\($0)", name: "x", owner: nil) }
        #expect {
            try NotebookReference("n").resolve(among: fleet)
        } throws: { error in
            guard case .ambiguous(_, let names, 10_000)? = error as? NotebookReference.Unresolved else { return false }
            return names.count == NotebookReference.candidateLimit
        }
    }
}
