// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import PolicyFile
import Testing

@Suite("Policy files on disk")
struct FileTests {
    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "curfew-policy-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    private func load(_ path: String) -> PolicyLoad { PolicyLoader().load(path: path, now: loadingTime) }

    @Test func `a file is loaded under its name`() throws {
        try withFolder { folder in
            let file = folder.appending(path: "policy.yaml").path
            try policyText(top: "mod: enforce").write(toFile: file, atomically: false, encoding: .utf8)
            #expect(
                load(file).diagnostics.map(\.description)
                    == ["\(file):5:1: error: unknown key `mod` in a policy; did you mean `mode`?"]
            )
            try policyText().write(toFile: file, atomically: false, encoding: .utf8)
            #expect(load(file).policy != nil)
        }
    }

    @Test func `I9: what cannot be read is an error that says what to do`() throws {
        try withFolder { folder in
            let missing = folder.appending(path: "none.yaml").path
            #expect(load(missing).lines.first?.hasPrefix("1:1: error: there is no such file; write one") == true)
            #expect(load(folder.path).lines == ["1:1: error: this is a directory; name the policy file in it"])
            let latin = folder.appending(path: "latin1.yaml")
            try Data([0x6D, 0xFC, 0x0A]).write(to: latin)
            #expect(load(latin.path).lines == ["1:1: error: the file is not UTF-8 text; save it in that encoding"])
            let empty = folder.appending(path: "empty.yaml")
            try Data().write(to: empty)
            #expect(load(empty.path).lines.first?.hasPrefix("1:1: error: the file is empty") == true)
            for path in [missing, folder.path, latin.path, empty.path] { #expect(load(path).policy == nil) }
        }
    }

    @Test func `a file is read up to a bound, whatever it is`() throws {
        let tooLarge = ["1:1: error: the file is larger than 1 MB, which no policy needs"]
        #expect(load("/dev/zero").lines == tooLarge)
        try withFolder { folder in
            let file = folder.appending(path: "policy.yaml")
            let comment = String(repeating: "#", count: PolicyLoader.longestFile - policyText().utf8.count - 1)
            try (policyText() + "\n" + comment).write(to: file, atomically: false, encoding: .utf8)
            #expect(load(file.path).policy != nil)
            try (policyText() + "\n#" + comment).write(to: file, atomically: false, encoding: .utf8)
            #expect(load(file.path).lines == tooLarge)
        }
    }

    @Test(.enabled(if: getuid() != 0, "root may read everything"))
    func `a file without permission is an error that says so`() throws {
        try withFolder { folder in
            let file = folder.appending(path: "policy.yaml")
            try policyText().write(to: file, atomically: false, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file.path)
            #expect(load(file.path).lines.first?.contains("permission denied") == true)
        }
    }
}
