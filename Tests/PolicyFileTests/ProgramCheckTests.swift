// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import PolicyFile
import TestSupport
import Testing

/// What `curfew check` says of the programs that a policy names.
struct ProgramCheckTests {
    private func warnings(_ program: String, in folder: URL) throws -> [String] {
        let path = folder.appending(path: "policy.yaml")
        let text = """
            version: 1
            service: {kind: modelarts, region: eu-de, projectID: p}
            evidence:
              ssh:
                kind: command
                command: [\(program)]
            rules: [{name: a, idle: {budget: 1h, evidence: ssh}}]
            """
        try Data(text.utf8).write(to: path)
        let load = PolicyLoader().load(path: path.path(), now: loadingTime)
        #expect(load.policy != nil, "it may be for another machine")
        return load.lines
    }

    private func withProgram(_ mode: Int, _ body: (String, URL) throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let bin = folder.appending(path: "bin")
            try FileManager.default.createDirectory(at: bin, withIntermediateDirectories: false)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: bin.path())
            let program = bin.appending(path: "look").path()
            try Data("#!/bin/sh\n".utf8).write(to: URL(filePath: program))
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: program)
            try body(program, folder)
        }
    }

    @Test func `a program that can be run and not be changed is no matter`() async throws {
        try await withProgram(0o755) { program, folder in
            let lines = try warnings(program, in: folder)
            #expect(lines == [])
        }
    }

    @Test func `one that is not there is a warning at its place`() async throws {
        try await withTemporaryFolder { folder in
            let absent = try warnings("/no/such/program", in: folder)
            #expect(
                absent == [
                    "6:15: warning: there is no program \"/no/such/program\" on this machine; "
                        + "without it the source cannot tell about any notebook"
                ]
            )
            let directory = try warnings("/etc", in: folder)
            #expect(directory == ["6:15: warning: \"/etc\" is no program"])
        }
    }

    @Test(arguments: [
        (0o644, "is not executable; run chmod +x on it"), (0o775, "can be changed by others"),
        (0o757, "can be changed by others"),
    ])
    func `one that cannot be run, or that others can change, is a warning`(mode: Int, text: String) async throws {
        try await withProgram(mode) { program, folder in
            let lines = try warnings(program, in: folder)
            #expect(lines.count == 1)
            #expect(lines.first?.contains("\"\(program)\" \(text)") == true, "\(lines)")
        }
    }

    @Test func `one in a folder where others can put another in its place is a warning, reached by a link as well`()
        async throws
    {
        try await withProgram(0o755) { program, folder in
            let bin = URL(filePath: program).deletingLastPathComponent()
            let link = folder.appending(path: "link").path()
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: program)
            try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: bin.path())
            for path in [program, link] {
                let lines = try warnings(path, in: folder)
                #expect(lines.first?.contains("can be replaced by others") == true)
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o1777], ofItemAtPath: bin.path())
            let lines = try warnings(program, in: folder)
            #expect(lines == [])
        }
    }
}
