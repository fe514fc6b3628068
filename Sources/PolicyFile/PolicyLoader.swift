// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// Turns the text of a policy file into a policy, or into all of its problems at once.
///
/// It reads no clock, no environment and no other file: the same text at the same instant gives the same answer. A bad
/// file never yields half a policy.
package struct PolicyLoader: Sendable {
    package init() {}

    /// Reads a policy from YAML or JSON text.
    ///
    /// `file` is the name to show in the diagnostics; `now` serves the warnings about instants in the past.
    package func load(text: String, file: String, now: Timestamp) -> PolicyLoad {
        let sink = DiagnosticSink()
        var policy: Policy?
        if let root = DocumentParser(text: text, sink: sink).parse() {
            policy = PolicySection(sink: sink, now: now).read(root)
        }
        return PolicyLoad(policy: sink.hasErrors ? nil : policy, diagnostics: sink.diagnostics(of: file))
    }
}
