// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(20)))
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
            let faults: [Fault] = [
                Fault(.garbage, on: .showNotebook), Fault(.error(401, "APIG.0301"), on: .showNotebook),
                Fault(.connectionClosed, on: .stopNotebook), Fault(.truncated(afterBytes: 40), on: .jupyter),
                Fault(.error(500, "ModelArts.0010"), on: .listAllNotebooks), Fault(.garbage, on: .queryMetrics),
            ]
            for fault in faults { simulator.cloud.injectFault(fault) }
            simulator.cloud.setMetrics([try #require(simulator.cloud.notebook(named: "a")).id: 0])
            let refusal = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            let refusals = Mutex(0)
            let answer: @Sendable () -> String = {
                refusals.withLock { $0 += 1 }
                return refusal
            }
            try await RawServer.serving(answer) { metrics in
                try await Workspace.with(access) { workspace in
                    try workspace.writeSecret("evidence-token-token", Self.token)
                    try workspace.writeSecret("evidence-user-password", Self.metricsPassword)
                    try workspace.writePolicy(Self.policy(access, kind, metrics: metrics.address))
                    try await Daemon.with(workspace, options: ["--log-level", "trace"]) { daemon in
                        #expect(await daemon.line("stopped a") != nil)
                        #expect(await eventually { refusals.withLock { $0 >= 2 } ? true : nil } == true)
                        daemon.signal(SIGTERM)
                        _ = await daemon.exitStatus()
                        let log = daemon.lines.joined(separator: "\n") + (try workspace.stateText())
                        let tokens = ["a", "b", "c"].compactMap { simulator.cloud.notebook(named: $0)?.token }
                        let secrets = [canaries.secretKey, canaries.password, "Authorization", "X-Auth-Token"] + tokens
                        for secret in secrets + Self.secretsOfMetrics {
                            #expect(!log.contains(secret), "the log contains \(secret)")
                        }
                        if kind == "accessKey" { #expect(!log.contains(canaries.accessKey)) }
                    }
                }
            }
        }
    }

    private static let token = "canary-metrics-token-0123456789"
    private static let metricsPassword = "canary-metrics-password-0123456789"
    private static let secretsOfMetrics = [
        token, metricsPassword, Data("curfew:\(metricsPassword)".utf8).base64EncodedString(),
    ]

    /// A rule for `a`, which can be stopped, and one that rests on services which refuse whatever they are shown.
    private static func policy(_ access: SimulatorAccess, _ kind: String, metrics: String) -> String {
        let source = "kind: prometheus, endpoint: '\(metrics)', query: 'use[{window}]', notebookLabel: id"
        return PolicyText.text(
            access,
            credentials: access.credentials(kind),
            evidence: [
                "aom": MetricsTests.aom(access), "token": "{ \(source), auth: bearer }",
                "user": "{ \(source), auth: basic, user: curfew }",
            ],
            rules: "  - { name: first, match: { name: a }, idle: { budget: 1h, evidence: [jupyter, aom] } }\n"
                + "  - { name: all, idle: { budget: 1h, evidence: [jupyter, token, user] } }"
        )
    }
}
