// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Crypto
package import CurfewCore
private import Foundation

extension PolicyLoader {
    /// The most bytes that a policy file may have; a policy of a thousand rules has about a tenth of it.
    package static let longestFile = 1_048_576

    /// Reads a policy from a file.
    ///
    /// A file that cannot be read is a diagnostic at its first character, so that callers have one kind of problem to
    /// show. Never reads more than `longestFile` bytes, whatever the path leads to.
    package func load(path: String, now: Timestamp) -> PolicyLoad {
        switch bytes(at: path) {
        case .failure(let problem):
            return refused(path, problem.message)
        case .success(let data):
            guard let text = String(validating: data, as: UTF8.self) else {
                return refused(path, "the file is not UTF-8 text; save it in that encoding")
            }
            let load = load(text: text, file: path, now: now)
            var policy = load.policy
            policy?.digest = SHA256.hash(data: data).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
                .joined()
            return PolicyLoad(policy: policy, diagnostics: load.diagnostics)
        }
    }

    private func refused(_ path: String, _ message: String) -> PolicyLoad {
        let diagnostic = Diagnostic(severity: .error, message: message, file: path, line: 1, column: 1)
        return PolicyLoad(policy: nil, diagnostics: [diagnostic])
    }

    private func bytes(at path: String) -> Result<Data, Unreadable> {
        // What cannot be asked for its kind is opened below, which says why it cannot be read.
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(filePath: path).resolvingSymlinksInPath().path
        )
        if attributes?[.type] as? FileAttributeType == .typeDirectory {
            return .failure(Unreadable(message: "this is a directory; name the policy file in it"))
        }
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }  // only read from: closing it loses nothing
            var data = Data()
            while data.count <= Self.longestFile,
                let part = try handle.read(upToCount: Self.longestFile + 1 - data.count), !part.isEmpty
            {
                data.append(part)
            }
            if data.count > Self.longestFile {
                return .failure(Unreadable(message: "the file is larger than 1 MB, which no policy needs"))
            }
            return .success(data)
        } catch {
            return .failure(Unreadable(error))
        }
    }
}

/// Why a file could not be read, in the administrator's words.
private struct Unreadable: Error {
    let message: String

    init(message: String) {
        self.message = message
    }

    init(_ error: any Error) {
        switch (error as? CocoaError)?.code {
        case CocoaError.fileNoSuchFile, CocoaError.fileReadNoSuchFile:
            message = "there is no such file; write one, starting from policy.example.yaml, or name another"
        case CocoaError.fileReadNoPermission:
            message = "the file cannot be opened: permission denied; let the user that curfew runs as read it"
        default:
            message = "the file cannot be read: \(Quoted.plain(error.localizedDescription))"
        }
    }
}
