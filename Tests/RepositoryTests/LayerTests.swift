// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// The layers of `docs/architecture.md`, held by what the files really import.
struct LayerTests {
    private static let ours: [String: Set<String>] = [
        "CurfewCore": [],
        "CurfewEngine": ["CurfewCore"],
        "ControlProtocol": ["CurfewCore"],
        "AuditLedger": ["CurfewCore", "CurfewEngine"],
        "ModelArtsClient": ["CurfewCore", "CurfewEngine"],
        "ActivityProbes": ["CurfewCore", "CurfewEngine"],
        "PolicyFile": ["CurfewCore"],
        "ControlServer": ["ControlProtocol", "CurfewCore", "CurfewEngine"],
        "SystemdSupport": ["CSystemd"],
        "ControlClient": ["ControlProtocol"],
        "ModelArtsSimulator": [],
        "CurfewCommands": [
            "ActivityProbes", "AuditLedger", "CBuildInfo", "ControlClient", "ControlProtocol", "ControlServer",
            "CurfewCore", "CurfewEngine", "ModelArtsClient", "ModelArtsSimulator", "PolicyFile", "SystemdSupport",
        ],
        "curfew": ["CurfewCommands"],
    ]

    /// Targets of C, which Swift targets may import where they are listed.
    private static let c: Set<String> = ["CBuildInfo", "CSystemd"]

    private func swiftFiles(_ folder: String) throws -> [(path: String, text: String)] {
        let root = Repository.root.appending(path: folder)
        let names = try #require(FileManager.default.subpaths(atPath: root.path()))
        return try names.filter { $0.hasSuffix(".swift") }.map { name in
            (name, try String(contentsOf: root.appending(path: name), encoding: .utf8))
        }
    }

    @Test
    func `every source target is known here`() throws {
        let folder = Repository.root.appending(path: "Sources").path()
        let targets = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(Set(targets) == Set(Self.ours.keys).union(Self.c))
    }

    @Test(arguments: ours.keys.sorted())
    func `a target imports only what its layer allows`(_ target: String) throws {
        let known = Set(Self.ours.keys).union(Self.c)
        for file in try swiftFiles("Sources/\(target)") {
            let imports = file.text.matches(of: /(?m)^(?:package |public |private )?import (\w+)/).map { String($0.1) }
            let foreign = Set(imports).intersection(known).subtracting(Self.ours[target] ?? [])
            #expect(foreign.isEmpty, "\(target)/\(file.path) imports \(foreign)")
        }
    }

    @Test
    func `the core imports no package and no full Foundation`() throws {
        for file in try swiftFiles("Sources/CurfewCore") {
            let imports = file.text.matches(of: /(?m)^(?:package )?import (\w+)/).map { String($0.1) }
            #expect(Set(imports).subtracting(["FoundationEssentials"]).isEmpty, "\(file.path): \(imports)")
        }
    }

    @Test
    func `nothing in Sources can trap on purpose, print or escape the compiler's checks`() throws {
        let banned = [
            "try!", " as! ", "@unchecked", "nonisolated(unsafe)", "fatalError(", "Task.detached", "print(", "TODO",
            "FIXME", "public ",
        ]
        for file in try swiftFiles("Sources") {
            let code = file.text.split(separator: "\n").filter { !$0.drop { $0 == " " }.hasPrefix("//") }
            for word in banned {
                let hits = code.filter { $0.contains(word) && !$0.contains("\"") }
                #expect(hits.isEmpty, "\(file.path): \(hits)")
            }
            if !file.path.hasPrefix("SystemdSupport/") {
                #expect(
                    !code.contains { $0.contains("unsafe ") && !$0.contains("\"") },
                    "\(file.path) uses unsafe code"
                )
            }
        }
    }

    @Test
    func `every file begins with the licence header and stays short enough to read at once`() throws {
        for folder in ["Sources", "Tests"] {
            for file in try swiftFiles(folder) {
                #expect(
                    file.text.hasPrefix(
                        "// Copyright 2026 The curfew authors\n// SPDX-License-Identifier: Apache-2.0\n"
                    )
                )
                let limit = folder == "Sources" ? 400 : 600
                #expect(
                    file.text.split(separator: "\n", omittingEmptySubsequences: false).count <= limit,
                    "\(file.path)"
                )
            }
        }
    }
}
