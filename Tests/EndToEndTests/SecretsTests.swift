// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5)))
struct SecretsTests {
    /// Runs the daemon at its most talkative through faults that make it complain, and hunts for every secret.
    @Test(arguments: ["accessKey", "password", "agency"])
    func `I11 D24: no secret reaches the log, whatever goes wrong`(_ kind: String) async throws {
        let now = SimulatorTime.system.now()
        let scenario = Scenario(
            start: now,
            notebooks: [
                ("a", .idleSince(now - 7_200_000)), ("b", .garbageJupyter), ("c", .unreachableJupyter),
            ].map { (name: String, behaviour: Behaviour) in
                ScenarioNotebook(name, owner: "alice", createdAt: now - 86_400_000).with {
                    $0.startedAt = now - 14_400_000
                    $0.lease = 72 * 3_600_000
                    $0.behaviour = behaviour
                }
            }
        )
        var canaries = SimulatorCredentials()
        canaries.accessKey = "CANARYACCESSKEY00001"
        canaries.secretKey = "canary-secret-key-0123456789abcdef"
        canaries.password = "canary-password-0123456789"
        try await withRunningSimulator(scenario, time: .system, credentials: canaries) { simulator in
            let access = simulator.access
            let credentials =
                switch kind {
                case "password":
                    "{ kind: password, user: \(access.user), domain: example-account, iamEndpoint: \(access.iamEndpoint) }"
                case "agency": "{ kind: agency, metadataEndpoint: \(access.metadataEndpoint) }"
                default: "{ kind: accessKey }"
                }
            let faults: [Fault] = [
                Fault(.garbage, on: .showNotebook), Fault(.error(401, "APIG.0301"), on: .showNotebook),
                Fault(.connectionClosed, on: .stopNotebook), Fault(.truncated(afterBytes: 40), on: .jupyter),
                Fault(.error(500, "ModelArts.0010"), on: .listAllNotebooks),
            ]
            for fault in faults { simulator.cloud.injectFault(fault) }
            try await Workspace.with(access) { workspace in
                try workspace.writePolicy(
                    PolicyText.text(
                        access,
                        credentials: credentials,
                        rules: "  - { name: all, idle: { budget: 1h } }"
                    )
                )
                try await Daemon.with(workspace, options: ["--log-level", "trace"]) { daemon in
                    #expect(await daemon.line("stopped a") != nil)
                    daemon.signal(SIGTERM)
                    _ = await daemon.exitStatus()
                    let log = daemon.lines.joined(separator: "\n") + (try workspace.stateText())
                    let tokens = ["a", "b", "c"].compactMap { simulator.cloud.notebook(named: $0)?.token }
                    let secrets = [canaries.secretKey, canaries.password, "Authorization", "X-Auth-Token"] + tokens
                    for secret in secrets { #expect(!log.contains(secret), "the log contains \(secret)") }
                    if kind == "accessKey" { #expect(!log.contains(canaries.accessKey)) }
                }
            }
        }
    }
}
