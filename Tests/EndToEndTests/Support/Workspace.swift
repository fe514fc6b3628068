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
            try FileManager.default.createDirectory(at: workspace.credentials, withIntermediateDirectories: true)
            if let access {
                try workspace.writeSecret("access-key", access.accessKey)
                try workspace.writeSecret("secret-key", access.secretKey)
                try workspace.writeSecret("password", access.password)
            }
            return try await body(workspace)
        }
    }

    var credentials: URL { folder.appending(path: "credentials") }
    var policy: URL { folder.appending(path: "policy.yaml") }

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
