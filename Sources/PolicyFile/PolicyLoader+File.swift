// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore
private import Foundation

extension PolicyLoader {
    /// The most bytes that a policy file may have; a policy of a thousand rules has about a tenth of it.
    package static let longestFile = 1_048_576

    /// Reads a policy from a file, and the files that it names.
    ///
    /// A file that cannot be read is a diagnostic at its first character, so that callers have one kind of problem to
    /// show. Never reads more than `longestFile` bytes, whatever the path leads to. The policy's digest covers the files
    /// that it names. A program that it names and that cannot be run here is a warning.
    package func load(path: String, now: Timestamp) -> PolicyLoad {
        let bytes: [UInt8]
        do {
            bytes = try UnreadableFile.read(path, limit: Self.longestFile)
        } catch {
            return refused(path, error.policyReason)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return refused(path, "the file is not UTF-8 text; save it in that encoding")
        }
        let directory = URL(fileURLWithPath: path).deletingLastPathComponent()
        let files = PolicyFiles { name throws(UnreadableFile) in
            let file = name.hasPrefix("/") ? name : directory.appending(path: name).path
            return try UnreadableFile.read(file, limit: ICalendar.longestFile)
        }
        let load = load(text: text, file: path, now: now, reading: files, programs: ProgramCheck())
        var policy = load.policy
        policy?.digest = files.digest(of: bytes)
        return PolicyLoad(policy: policy, diagnostics: load.diagnostics)
    }

    private func refused(_ path: String, _ message: String) -> PolicyLoad {
        let diagnostic = Diagnostic(severity: .error, message: message, file: path, line: 1, column: 1)
        return PolicyLoad(policy: nil, diagnostics: [diagnostic])
    }
}

extension UnreadableFile {
    /// In the administrator's words, for the policy file itself.
    fileprivate var policyReason: String {
        switch self {
        case .missing: "there is no such file; write one, starting from policy.example.yaml, or name another"
        case .directory: "this is a directory; name the policy file in it"
        case .tooLarge: "the file is larger than 1 MB, which no policy needs"
        case .denied, .other: reason
        }
    }
}
