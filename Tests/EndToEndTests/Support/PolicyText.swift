// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ModelArtsSimulator

extension SimulatorAccess {
    /// The `credentials` of a policy, of this kind.
    func credentials(_ kind: String) -> String {
        switch kind {
        case "password": "{ kind: password, user: \(user), domain: example-account, iamEndpoint: \(iamEndpoint) }"
        case "agency": "{ kind: agency, metadataEndpoint: \(metadataEndpoint) }"
        default: "{ kind: accessKey }"
        }
    }
}

/// Policies for tests, in the language that users write.
enum PolicyText {
    /// A policy for the given cloud; `rules` is indented YAML, `credentials` a flow mapping, and so is each source of
    /// `evidence` besides Jupyter.
    static func text(
        _ access: SimulatorAccess,
        mode: String = "enforce",
        pollEvery: String = "1s",
        credentials: String = "{ kind: accessKey }",
        coldStart: String = "0s",
        stops: String? = nil,
        jupyter: String = "{ kind: jupyter }",
        evidence: [String: String] = [:],
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
        \(evidence.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }.joined(separator: "\n"))
        marks: { tag: keep-alive }
        guards: { coldStart: \(coldStart)\(stops.map { ", stops: \($0)" } ?? "") }
        rules:
        \(rules)
        """
    }
}
