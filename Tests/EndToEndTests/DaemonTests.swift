// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

/// The built daemon against the simulated cloud, in real time.
@Suite(.timeLimit(.minutes(20)))
struct DaemonTests {
    private static let hour: Int64 = 3_600_000

    /// A notebook that has been idle for two hours.
    private static func idle(_ name: String, lease: Int64 = 24 * hour) -> ScenarioNotebook {
        let now = SimulatorTime.system.now()
        return ScenarioNotebook(name, owner: "alice", createdAt: now - 48 * hour).with {
            $0.startedAt = now - 4 * hour
            $0.lease = lease
            $0.leaseGivenAt = now - hour
            $0.behaviour = .idleSince(now - 2 * hour)
        }
    }

    private static func cloud(_ notebooks: ScenarioNotebook...) -> Scenario {
        Scenario(start: SimulatorTime.system.now(), notebooks: notebooks)
    }

    private static let stopIdle = "  - { name: all, idle: { budget: 1h } }"

    @Test
    func `I7: observe decides and reports, and sends nothing that could change a notebook`() async throws {
        let scenario = Self.cloud(Self.idle("forgotten"), Self.idle("kept", lease: Self.hour + 60_000))
        try await withRunningSimulator(scenario, time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(
                    PolicyText.text(
                        simulator.access,
                        mode: "observe",
                        rules: "  - { name: kept, match: { name: kept }, keepAlive: {} }\n" + Self.stopIdle
                    )
                )
                try await Daemon.with(workspace) { daemon in
                    #expect(await daemon.line("would stop forgotten (alice): idle for 2h") != nil)
                    #expect(await daemon.line("would prolong kept") != nil)
                    _ = await eventually {
                        simulator.cloud.records.count { $0.operation == .listAllNotebooks } > 3 ? true : nil
                    }
                    #expect(simulator.cloud.records.allSatisfy { !$0.isMutation })
                }
            }
        }
    }

    @Test(arguments: ["accessKey", "password", "agency"])
    func `each kind of credentials prolongs the kept notebook and stops the idle one`(_ kind: String) async throws {
        let scenario = Self.cloud(Self.idle("forgotten"), Self.idle("kept", lease: Self.hour + 60_000))
        try await withRunningSimulator(scenario, time: .system) { simulator in
            let access = simulator.access
            let credentials =
                switch kind {
                case "password":
                    "{ kind: password, user: \(access.user), domain: example-account, iamEndpoint: \(access.iamEndpoint)/v3 }"
                case "agency": "{ kind: agency, metadataEndpoint: \(access.metadataEndpoint) }"
                default: "{ kind: accessKey }"
                }
            try await Workspace.with(access) { workspace in
                try workspace.writePolicy(
                    PolicyText.text(
                        access,
                        credentials: credentials,
                        rules: "  - { name: kept, match: { name: kept }, keepAlive: {} }\n" + Self.stopIdle
                    )
                )
                try await Daemon.with(workspace) { daemon in
                    #expect(await daemon.line("stopped forgotten") != nil, "\(daemon.lines)")
                    #expect(await daemon.line("prolonged kept (alice): its lease now ends at") != nil)
                    #expect(simulator.cloud.notebook(named: "forgotten")?.status == .stopping)
                    let kept = try #require(simulator.cloud.notebook(named: "kept"))
                    let left = kept.lease.createdAt + kept.lease.duration - SimulatorTime.system.now()
                    #expect(left > 2 * Self.hour - 60_000 && left <= 2 * Self.hour)
                }
            }
        }
    }

    @Test
    func `I12 D23: a wrong secret is tried three times at most, and the daemon stays up and says so`() async throws {
        try await withRunningSimulator(Self.cloud(Self.idle("forgotten")), time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writeSecret("secret-key", "not-the-secret")
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: Self.stopIdle))
                try await Daemon.with(workspace) { daemon in
                    _ = await eventually { daemon.count("the inventory is incomplete") >= 5 ? true : nil }
                    #expect(simulator.cloud.records.count { $0.status == 401 } <= 3)
                    #expect(daemon.lines.contains { $0.contains("listing") && $0.contains("refused") })
                    daemon.signal(SIGTERM)
                    #expect(await daemon.exitStatus() == 0)
                }
            }
        }
    }

    @Test
    func `a stop-only identity is told by name which permission it lacks`() async throws {
        try await withRunningSimulator(Self.cloud(Self.idle("kept", lease: Self.hour + 60_000)), time: .system) {
            simulator in
            simulator.cloud.setPermissions([.listAll, .list, .get, .stop])
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(
                    PolicyText.text(simulator.access, rules: "  - { name: kept, keepAlive: {} }")
                )
                try await Daemon.with(workspace) { daemon in
                    let line = try #require(await daemon.line("stuck: could not prolong kept"))
                    #expect(line.contains("modelarts:notebook:updateStopPolicy"))
                }
            }
        }
    }

    @Test(arguments: [Fault.Effect.connectionClosed, .error(500, "ModelArts.6102"), .garbage])
    func `a stop whose reply is lost is found done by reading and not sent twice`(_ effect: Fault.Effect) async throws {
        try await withRunningSimulator(Self.cloud(Self.idle("forgotten")), time: .system) { simulator in
            simulator.cloud.injectFault(Fault(effect, on: .stopNotebook, times: 1, applied: true))
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: Self.stopIdle))
                try await Daemon.with(workspace) { daemon in
                    #expect(await daemon.line("stopped forgotten") != nil, "\(daemon.lines)")
                    #expect(simulator.cloud.records.count { $0.operation == .stopNotebook } == 1)
                }
            }
        }
    }

    @Test
    func `SIGTERM ends within five seconds after the call in flight`() async throws {
        try await withRunningSimulator(Self.cloud(Self.idle("forgotten")), time: .system) { simulator in
            simulator.cloud.injectFault(
                Fault(.delayed(milliseconds: 1_500), on: .stopNotebook, times: 1, applied: true)
            )
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: Self.stopIdle))
                try await Daemon.with(workspace) { daemon in
                    #expect(await daemon.line("sent: stop forgotten") != nil)
                    let began = ContinuousClock.now
                    daemon.signal(SIGTERM)
                    #expect(await daemon.exitStatus() == 0)
                    #expect(ContinuousClock.now - began < .seconds(5))
                    #expect(daemon.count("stopped forgotten") == 1)
                }
            }
        }
    }

    @Test
    func `SIGTERM ends within five seconds even when the cloud never answers`() async throws {
        try await withRunningSimulator(Self.cloud(Self.idle("forgotten")), time: .system) { simulator in
            simulator.cloud.injectFault(Fault(.held, on: .stopNotebook, times: nil))
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: Self.stopIdle))
                try await Daemon.with(workspace) { daemon in
                    #expect(await daemon.line("sent: stop forgotten") != nil)
                    let began = ContinuousClock.now
                    daemon.signal(SIGTERM)
                    _ = await daemon.exitStatus()
                    #expect(ContinuousClock.now - began < .seconds(5))
                }
            }
        }
    }

    @Test
    func `I9: SIGHUP takes a good policy and keeps the old one instead of a bad one`() async throws {
        try await withRunningSimulator(Self.cloud(Self.idle("forgotten")), time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(
                    PolicyText.text(simulator.access, rules: "  - { name: safe, exempt: true }")
                )
                try await Daemon.with(workspace) { daemon in
                    #expect(await daemon.line("leave forgotten (alice): exempt") != nil)
                    try workspace.writePolicy("version: 1\nrules: nonsense\n")
                    daemon.signal(SIGHUP)
                    #expect(await daemon.line("the policy was not reloaded") != nil)
                    #expect(daemon.count("policy.yaml:2:8: error") == 1)
                    let text = PolicyText.text(simulator.access, rules: Self.stopIdle)
                    try workspace.writePolicy(text.replacing(simulator.access.projectID, with: "f00"))
                    daemon.signal(SIGHUP)
                    #expect(await daemon.line("restart curfew") != nil)
                    #expect(simulator.cloud.records.allSatisfy { !$0.isMutation })
                    try workspace.writePolicy(text)
                    daemon.signal(SIGHUP)
                    #expect(await daemon.line("policy reloaded: 1 rules") != nil)
                    #expect(await daemon.line("stopped forgotten") != nil)
                }
            }
        }
    }

    @Test
    func `I10: a notebook whose server hangs delays no other notebook's stop`() async throws {
        try await withRunningSimulator(Self.cloud(Self.idle("hangs"), Self.idle("forgotten")), time: .system) {
            simulator in
            let hanging = try #require(simulator.cloud.notebook(named: "hangs")).id
            simulator.cloud.injectFault(Fault(.held, on: .jupyter, notebook: hanging, times: nil))
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: Self.stopIdle))
                try await Daemon.with(workspace) { daemon in
                    #expect(await daemon.line("stopped forgotten") != nil)
                    #expect(simulator.cloud.notebook(named: "hangs")?.status == .running)
                    #expect(await daemon.line("leave hangs (alice): activity unknown") != nil)
                    #expect(daemon.count("stopping hangs") == 0)
                }
            }
        }
    }

    @Test
    func `I14: rule, reasons, evidence and deadline are in the log before the stop is sent`() async throws {
        try await withRunningSimulator(Self.cloud(Self.idle("forgotten")), time: .system) { simulator in
            try await Workspace.with(simulator.access) { workspace in
                try workspace.writePolicy(PolicyText.text(simulator.access, rules: Self.stopIdle))
                try await Daemon.with(workspace) { daemon in
                    let intent = try #require(await daemon.line("stopping forgotten"))
                    for field in ["rule=all", "reason=idle-budget-spent", "evidence=", "deadline=", "notebook.id="] {
                        #expect(intent.contains(field), "\(field) is missing: \(intent)")
                    }
                    _ = try #require(await daemon.line("sent: stop forgotten"))
                    let order = daemon.lines
                    let first = order.firstIndex { $0.contains("stopping forgotten") } ?? .max
                    let second = order.firstIndex { $0.contains("sent: stop forgotten") } ?? .min
                    #expect(first < second)
                }
            }
        }
    }
}
