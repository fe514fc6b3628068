// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import PolicyFile

/// The policy of the demonstration: the same language that an administrator writes.
enum DemoPolicy {
    /// The text of the policy for a cloud at `endpoint`.
    static func text(endpoint: String, projectID: String) -> String {
        """
        version: 1
        mode: enforce
        service:
          kind: modelarts
          endpoint: \(endpoint)
          projectID: \(projectID)
          pollEvery: 2min
          credentials: { kind: accessKey }
        evidence:
          jupyter: { kind: jupyter }
        marks: { tag: keep-alive }
        defaults:
          lease: { extendBy: 2h, renewBefore: 30min }
        rules:
          - name: marked keep-alive
            match: { marked: true }
            keepAlive: {}
          - name: teaching pool
            match: { pool: pool-teaching }
            exempt: true
          - name: accelerators
            match: { flavor: ["*.gpu.*", "*.npu.*"] }
            idle: { budget: 30min, warn: 10min, whileActive: prolong }
          - name: everyone else
            idle: { budget: 1h, whileActive: prolong }
        guards:
          stops: { count: 5, percent: 50, within: 10min }
          coldStart: 5min
        """
    }

    /// The policy itself.
    static func policy(endpoint: String, projectID: String, now: Timestamp) -> PolicyLoad {
        PolicyLoader().load(text: text(endpoint: endpoint, projectID: projectID), file: "demo policy", now: now)
    }
}
