// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ModelArtsSimulator

/// Policies for tests, in the language that users write.
enum PolicyText {
    /// A policy for the given cloud; `rules` is indented YAML, `credentials` a flow mapping.
    static func text(
        _ access: SimulatorAccess,
        mode: String = "enforce",
        pollEvery: String = "1s",
        credentials: String = "{ kind: accessKey }",
        coldStart: String = "0s",
        jupyter: String = "{ kind: jupyter }",
        rules: String
    ) -> String {
        """
        version: 1
        mode: \(mode)
        service:
          kind: modelarts
          endpoint: \(access.endpoint)
          projectID: \(access.projectID)
          pollEvery: \(pollEvery)
          credentials: \(credentials)
        evidence:
          jupyter: \(jupyter)
        marks: { tag: keep-alive }
        guards: { coldStart: \(coldStart) }
        rules:
        \(rules)
        """
    }
}
