// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport

/// A folder of a test's own with a policy and secrets; removed at the end.
struct Workspace: Sendable {
    let folder: URL

    /// Runs `body` in a new workspace whose secrets are those that the simulator accepts.
    static func with<Result>(
        _ access: SimulatorAccess? = nil,
        _ body: (Workspace) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryFolder { folder in
            let workspace = Workspace(folder: folder)
            for folder in [workspace.credentials, workspace.state] {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            }
            if let access {
                try workspace.writeSecret("access-key", access.accessKey)
                try workspace.writeSecret("secret-key", access.secretKey)
                try workspace.writeSecret("password", access.password)
            }
            return try await body(workspace)
        }
    }

    var credentials: URL { folder.appending(path: "credentials") }
    /// Where the daemon keeps its ledger.
    var state: URL { folder.appending(path: "state") }
    /// Where the daemon keeps its socket.
    var runtime: URL { folder.appending(path: "run") }
    var policy: URL { folder.appending(path: "policy.yaml") }

    /// Everything in the files of the state directory, as far as it can be read as text.
    func stateText() throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: state.path())
        return try names.map { String(decoding: try Data(contentsOf: state.appending(path: $0)), as: UTF8.self) }
            .joined(separator: "\n")
    }

    /// Writes a secret that only its owner may read, unless another mode is given.
    func writeSecret(_ name: String, _ value: String, mode: Int = 0o600) throws {
        let path = credentials.appending(path: name).path()
        try Data("\(value)\n".utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    func writePolicy(_ text: String) throws {
        try Data(text.utf8).write(to: policy, options: .atomic)
    }

    /// The arguments that every verb with a policy and secrets takes.
    var arguments: [String] { ["--policy", policy.path(), "--credentials-dir", credentials.path()] }
}
