// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Foundation
import Testing

@testable import ModelArtsClient

@Suite struct CredentialFilesTests {
    /// Runs a test with a directory of its own.
    private func withDirectory(_ files: [String: String], mode: Int = 0o600, _ body: (String) throws -> Void) throws {
        let directory = URL.temporaryDirectory.appending(path: "curfew-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        for (name, content) in files {
            let file = directory.appending(path: name)
            try Data(content.utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        }
        try body(directory.path)
    }

    private func error(_ directory: String, _ settings: ServiceSettings.CredentialSettings = .accessKey)
        -> CredentialError?
    {
        do throws(CredentialError) {
            _ = try CredentialFiles(directory: directory).read(for: settings)
            return nil
        } catch {
            return error
        }
    }

    private let password = ServiceSettings.CredentialSettings.password(
        user: "u",
        domain: "d",
        iamEndpoint: "https://iam.example.com"
    )

    @Test func `each kind reads its files, and drops one trailing newline`() throws {
        let files = ["access-key": "AK\n", "secret-key": "S K\r\n", "password": "pass word \n"]
        try withDirectory(files) { directory in
            let reader = CredentialFiles(directory: directory)
            let keys = try reader.read(for: .accessKey)
            #expect(keys == .accessKey(id: Secret("AK"), secret: Secret("S K"), securityToken: nil))
            let word = try reader.read(for: password)
            #expect(word == .password(Secret("pass word ")))
            let agency = try reader.read(for: .agency(metadataEndpoint: "http://169.254.169.254"))
            #expect(agency == .agency)
        }
        try withDirectory(files.merging(["security-token": "ST"]) { $1 }) { directory in
            let keys = try CredentialFiles(directory: directory + "/").read(for: .accessKey)
            #expect(keys == .accessKey(id: Secret("AK"), secret: Secret("S K"), securityToken: Secret("ST")))
        }
    }

    @Test func `a missing, empty or malformed file is an error that names it`() throws {
        try withDirectory(["access-key": "AK"]) { directory in
            #expect(error(directory) == .missing(file: "\(directory)/secret-key"))
            #expect(error(directory, password) == .missing(file: "\(directory)/password"))
        }
        for content in ["", "\n"] {
            try withDirectory(["access-key": content, "secret-key": "x"]) { directory in
                #expect(error(directory) == .empty(file: "\(directory)/access-key"))
            }
        }
        for content in ["A\nB", "A B", "A\u{7F}", "Ä"] {
            try withDirectory(["access-key": content, "secret-key": "x"]) { directory in
                #expect(error(directory) == .malformed(file: "\(directory)/access-key"))
            }
        }
        try withDirectory(["access-key": "A", "secret-key": "x", "security-token": ""]) { directory in
            #expect(error(directory) == .empty(file: "\(directory)/security-token"))
        }
        try withDirectory(["access-key": String(repeating: "A", count: 70_000), "secret-key": "x"]) { directory in
            #expect(error(directory) == .unreadable(file: "\(directory)/access-key"))
        }
        try withDirectory([:]) { directory in
            try FileManager.default.createDirectory(atPath: directory + "/password", withIntermediateDirectories: true)
            #expect(error(directory, password) == .unreadable(file: "\(directory)/password"))
        }
    }

    @Test(arguments: [0o604, 0o602, 0o601, 0o644, 0o777])
    func `a file that others can get at is refused with what to do`(_ mode: Int) throws {
        try withDirectory(["password": "CANARY"], mode: mode) { directory in
            let error = error(directory, password)
            #expect(error == .readableByOthers(file: "\(directory)/password"))
            #expect(error?.description.contains("chmod o-rwx \(directory)/password") == true)
            #expect(error?.description.contains("CANARY") == false)
        }
    }

    @Test(arguments: [0o400, 0o600, 0o440, 0o640])
    func `a file for its owner and group is read`(_ mode: Int) throws {
        try withDirectory(["password": "p"], mode: mode) { directory in
            #expect(error(directory, password) == nil)
        }
    }

    @Test func `behind a link it is the file that counts`() throws {
        try withDirectory(["real": "p"]) { directory in
            try FileManager.default.createSymbolicLink(
                atPath: directory + "/password",
                withDestinationPath: directory + "/real"
            )
            #expect(error(directory, password) == nil)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: directory + "/real")
            #expect(error(directory, password) == .readableByOthers(file: "\(directory)/password"))
        }
    }
}
