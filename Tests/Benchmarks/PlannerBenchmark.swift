// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import PolicyFile

/// The planner alone, in this process: no I/O, so the figure is the planner's own.
enum PlannerBenchmark {
    /// Nanoseconds of wall time per notebook for a whole plan; the median of several runs after a warm-up.
    static func nanosecondsPerNotebook(count: Int) throws -> Double {
        let policy = try policy()
        let now = Timestamp(milliseconds: 1_772_438_400_000)
        let world = World(records: (0..<count).map { record($0, policy: policy, now: now) })
        var runs: [Double] = []
        for run in 0..<12 {
            let begin = ContinuousClock.now
            let plan = Planner.plan(world, policy: policy, now: now)
            let took = ContinuousClock.now - begin
            guard plan.decisions.count == count else { throw Broken(text: "the plan is not complete") }
            if run >= 2 { runs.append(took / .nanoseconds(1) / Double(count)) }
        }
        return runs.sorted()[runs.count / 2]
    }

    /// A policy with a rule of every kind, so that most notebooks are matched against several.
    private static func policy() throws -> Policy {
        let text = """
            version: 1
            mode: enforce
            service:
              kind: modelarts
              endpoint: https://modelarts.example.com
              projectID: 0123456789abcdef0123456789abcdef
              credentials: { kind: accessKey }
            evidence: { jupyter: { kind: jupyter } }
            marks: { tag: keep-alive }
            rules:
              - { name: trainers, match: { name: ["train-*", "eval-*"], owner: [alice, bob] }, keepAlive: {} }
              - { name: marked, match: { marked: true }, keepAlive: {} }
              - { name: teaching, match: { pool: pool-teaching }, exempt: true }
              - { name: gpu, match: { flavor: ["*.gpu.*", "*.npu.*"] }, idle: { budget: 20min, warn: 10min } }
              - { name: old, match: { runningFor: 3d }, stop: { warn: 1h } }
              - { name: everyone else, idle: { budget: 1h, whileActive: prolong } }
            """
        let load = PolicyLoader().load(text: text, file: "benchmark", now: Timestamp(milliseconds: 0))
        guard let policy = load.policy else { throw Broken(text: "\(load.diagnostics)") }
        return policy
    }

    private static func record(_ number: Int, policy: Policy, now: Timestamp) -> NotebookRecord {
        let notebook = Notebook(
            id: NotebookID("11111111-2222-4333-8444-\(1_000_000_000 + number)"),
            name: number % 10 == 0 ? "train-\(number)" : "notebook-\(number)",
            status: number % 7 == 0 ? .stopped : .running,
            owner: Notebook.Owner(name: number % 3 == 0 ? "alice" : "user-\(number % 100)"),
            flavor: number % 4 == 0 ? "modelarts.vm.gpu.v100" : "modelarts.vm.cpu.2u",
            tags: number % 20 == 0 ? ["keep-alive": "true"] : [:],
            lease: .known(
                Lease(
                    isEnabled: true,
                    kind: .timing,
                    createdAt: now - .seconds(7_200),
                    duration: .seconds(14_400),
                    updatedAt: now
                )
            ),
            updatedAt: now - .seconds(7_200)
        )
        var record = NotebookRecord(notebook, readAt: now, marks: policy.marks)
        record.add(
            Observation(
                source: EvidenceName("jupyter"),
                activity: number % 2 == 0 ? .active : .idle(since: now - .seconds(Int64(number % 5_000))),
                observedAt: now - .seconds(5)
            )
        )
        return record
    }
}

/// A benchmark that cannot give a figure.
struct Broken: Error {
    let text: String
}
