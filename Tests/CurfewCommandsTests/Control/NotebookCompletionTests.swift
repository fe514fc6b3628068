// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import Testing

@testable import CurfewCommands

struct NotebookCompletionTests {
    private static let fleet = [
        ("aa1", "trainer"), ("aa2", "twin"), ("aa3", "twin"), ("ab4", "$(touch /tmp/x)"), ("-rf", "two words"),
        ("b5", "--yes"),
    ].map { NotebookName(id: $0.0, name: $0.1, owner: nil) }

    @Test(
        arguments: [
            ("", ["aa2", "aa3", "ab4", "b5", "trainer"]), ("t", ["trainer"]), ("aa", ["aa1", "aa2", "aa3"]),
            ("a", ["aa1", "aa2", "aa3", "ab4"]), ("x", []), ("$", []), ("-", []),
        ]
    )
    func `names are offered where one is enough, ids else, and nothing that a shell would run`(
        _ prefix: String,
        _ names: [String]
    ) {
        #expect(NotebookCompletion.names(Self.fleet, beginningWith: prefix) == names)
    }

    @Test(
        arguments: [
            (["curfew", "keep", "--runtime-dir", "/run/a", ""], "/run/a"),
            (["curfew", "keep", "--runtime-dir=/run/b", ""], "/run/b"), (["curfew", "keep", "--runtime-dir"], nil),
            (["curfew", "keep"], nil), (["curfew", "keep", "--runtime-dir", "=", "/run/c"], "/run/c"),
        ] as [([String], String?)]
    )
    func `the daemon that the command line names is asked`(_ words: [String], _ directory: String?) {
        #expect(NotebookCompletion.runtimeDirectory(in: words) == directory)
    }
}
