// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// Turns the text of a policy file into a policy, or into all of its problems at once.
///
/// It reads no clock and no environment: the same text and files at the same instant give the same answer. A bad file
/// never yields half a policy.
package struct PolicyLoader: Sendable {
    package init() {}

    /// Reads a policy from YAML or JSON text.
    ///
    /// `file` is the name to show in the diagnostics; `now` serves the warnings about instants in the past; `files` are the
    /// files that the policy may name, by their paths as written there; `effort` bounds what looking for its warnings may
    /// cost.
    package func load(
        text: String,
        file: String,
        now: Timestamp,
        files: [String: [UInt8]] = [:],
        effort: ProofEffort = ProofEffort()
    ) -> PolicyLoad {
        let reader = PolicyFiles { path throws(UnreadableFile) in
            guard let bytes = files[path] else { throw .missing }
            return bytes
        }
        return load(text: text, file: file, now: now, reading: reader, effort)
    }

    /// Reads a policy from text, and what it names from `files`; looks at its programs where it is for this machine.
    func load(
        text: String,
        file: String,
        now: Timestamp,
        reading files: PolicyFiles,
        programs: ProgramCheck? = nil,
        _ effort: ProofEffort = ProofEffort()
    ) -> PolicyLoad {
        let sink = DiagnosticSink(effort: effort)
        var policy: Policy?
        if let root = DocumentParser(text: text, sink: sink).parse() {
            policy = PolicySection(sink: sink, now: now, files: files, programs: programs).read(root)
        }
        return PolicyLoad(policy: sink.hasErrors ? nil : policy, diagnostics: sink.diagnostics(of: file))
    }
}
