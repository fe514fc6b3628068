// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import Foundation
import TestSupport
import Testing

/// The documents say what the code does.
struct DocumentTests {
    private func text(_ path: String) throws -> String {
        try String(contentsOf: Repository.root.appending(path: path), encoding: .utf8)
    }

    @Test
    func `docs/policy.md lists every reason code that a decision can carry, and no other`() throws {
        let source =
            try text("Sources/CurfewCore/Planning/Reason.swift") + text("Sources/CurfewCore/Planning/Hold.swift")
        let codes = Set(source.matches(of: /case \.\w+(?:\(nil\))?: "([a-z-]+)"/).map { String($0.1) })
        let listed = try reasonRows().map(\.code)
        #expect(codes.count > 20)
        #expect(Set(listed) == codes)
        #expect(listed.count == codes.count, "a code is there twice")
    }

    @Test
    func `docs/policy.md says of every reason code what it means and what to do about it`() throws {
        for row in try reasonRows() {
            #expect(row.cells.count == 2, "\(row.code) needs two cells")
            for cell in row.cells { #expect(cell.hasSuffix("."), "\(row.code): \(cell)") }
        }
    }

    /// The rows of the table of reason codes: the code and the cells behind it.
    private func reasonRows() throws -> [(code: String, cells: [String])] {
        let page = try text("docs/policy.md")
        let table = try #require(page.range(of: "## Reason codes"))
        let rest = page[table.upperBound...]
        let section = rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)]
        return section.matches(of: /(?m)^\| `([a-z-]+)` \|(.*)\|$/).map { row in
            (String(row.1), row.2.split(separator: " | ").map { $0.trimmingCharacters(in: .whitespaces) })
        }
    }

    @Test
    func `every entry that is logged has a message id`() throws {
        let folder = Repository.root.appending(path: "Sources")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        var calls = 0
        for case let file as URL in files where file.pathExtension == "swift" {
            let source = try String(contentsOf: file, encoding: .utf8)
            for call in source.matches(of: /logger\.(?:trace|debug|info|notice|warning|error|critical|log)\(/) {
                calls += 1
                let arguments = source[call.range.upperBound...].prefix(300)
                #expect(
                    arguments.contains(/message\.id|messageID/),
                    "\(file.lastPathComponent): \(arguments.prefix(80))"
                )
            }
        }
        #expect(calls > 10)
    }

    @Test
    func `docs/logging.md lists every message id`() throws {
        let page = try text("docs/logging.md")
        for id in MessageID.allCases { #expect(page.contains(id.rawValue), "\(id)") }
        #expect(Set(MessageID.allCases.map(\.rawValue)).count == MessageID.allCases.count)
    }

    @Test
    func `every file that a document names exists`() throws {
        let documents =
            ["README.md", "CONTRIBUTING.md"]
            + (try FileManager.default.contentsOfDirectory(atPath: Repository.root.appending(path: "docs").path()))
            .filter { $0.hasSuffix(".md") }.map { "docs/\($0)" }
        for document in documents {
            for link in try text(document).matches(of: /\]\(([^)#:]+)(?:#[^)]*)?\)/) {
                let base = Repository.root.appending(path: document).deletingLastPathComponent()
                let target = base.appending(path: String(link.1)).standardizedFileURL.path()
                #expect(FileManager.default.fileExists(atPath: target), "\(document) names \(link.1)")
            }
        }
    }

    @Test
    func `make install puts program, unit and example where DESTDIR and PREFIX say`() throws {
        let makefile = try text("Makefile")
        #expect(makefile.contains("$(DESTDIR)$(BINDIR)/curfew"))
        let unit = try text("systemd/curfew.service")
        for line in ["Type=notify", "ExecReload=kill -HUP $MAINPID", "DynamicUser=yes", "StateDirectory=curfew"] {
            #expect(unit.contains(line))
        }
    }
}
