// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewEngine
import Foundation
import TestSupport
import Testing

/// The files that systemd reads agree with the code and with each other.
struct SystemdFileTests {
    private func text(_ path: String) throws -> String {
        try String(contentsOf: Repository.root.appending(path: path), encoding: .utf8)
    }

    // MARK: - Units

    @Test
    func `the template is the unit with a name in its paths`() throws {
        let unit = try text("systemd/curfew.service")
        // In this order: the longer names first, so that none is replaced twice.
        let expected =
            unit
            .replacing("/etc/curfew/policy.yaml", with: "/etc/curfew/%i.yaml")
            .replacing("/etc/curfew/credentials/", with: "/etc/curfew/credentials/%i/")
            .replacing("User=curfewd\n", with: "User=curfewd-%i\n")
            .replacing("StateDirectory=curfew\n", with: "StateDirectory=curfew@%i\n")
            .replacing("RuntimeDirectory=curfew\n", with: "RuntimeDirectory=curfew@%i\n")
            .replacing(
                "Description=Prolong and stop cloud notebooks",
                with: "Description=Prolong and stop cloud notebooks (%i)"
            )
        #expect(settings(try text("systemd/curfew@.service")) == settings(expected))
    }

    /// The lines that systemd reads.
    private func settings(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    }

    @Test(arguments: ["curfew.service", "curfew@.service"])
    func `a unit is not restarted after the exit codes that only a person can mend`(_ name: String) throws {
        let unit = try text("systemd/\(name)")
        let line = try #require(unit.firstMatch(of: /(?m)^RestartPreventExitStatus=(.*)$/))
        let codes = line.1.split(separator: " ")
        let source = try text("Sources/CurfewCommands/ExitStatus.swift")
        for constant in ["notPermitted", "configuration"] {
            let code = try #require(
                try source.firstMatch(of: Regex("\(constant) = ExitCode\\((\\d+)\\)"))?.output[1].substring
            )
            #expect(codes.contains(code), "\(constant)")
        }
    }

    // MARK: - Message catalog

    /// The entries of the catalog by their ids.
    private func entries() throws -> [(id: String, text: Substring)] {
        let catalog = try text("systemd/curfew.catalog")
        return catalog.split(separator: "\n-- ").dropFirst().map { entry in
            let end = entry.firstIndex(of: "\n") ?? entry.endIndex
            return (String(entry[..<end]), entry[end...])
        }
    }

    @Test
    func `the message catalog has one entry for every message id, and none for another`() throws {
        let ids = try entries().map(\.id)
        #expect(Set(ids) == Set(MessageID.allCases.map(\.rawValue)))
        #expect(ids.count == Set(ids).count, "an id is there twice")
    }

    @Test
    func `every entry of the catalog says what happened, why, and what to do`() throws {
        for (id, text) in try entries() {
            let parts = text.split(separator: "\n\n", maxSplits: 1)
            let head = try #require(parts.first)
            let body = try #require(parts.last)
            #expect(head.contains("\nSubject: "), "\(id)")
            #expect(head.contains("\nDefined-By: curfew"), "\(id)")
            #expect(!body.hasPrefix("Why:") && !body.hasPrefix("What to do:"), "\(id) does not say what happened")
            #expect(body.contains("\n\nWhy: "), "\(id)")
            #expect(body.contains("\n\nWhat to do: "), "\(id)")
        }
    }

    @Test
    func `the catalog names only fields that docs/logging.md explains`() throws {
        let page = try text("docs/logging.md")
        for field in try text("systemd/curfew.catalog").matches(of: /@([A-Z_]+)@/).map(\.1) where field != "FIELD" {
            #expect(page.contains("`\(field)`"), "\(field)")
        }
    }
}
