// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials

/// The planner under a long policy: two hundred rules as several teams would write them, most notebooks decided by a
/// late one.
enum ManyRulesBenchmark {
    struct Figures {
        /// Milliseconds for a plan of the whole fleet.
        var plan: Double
        /// Nanoseconds for one decision alone, as the loop asks for it.
        var decision: Double
    }

    /// Medians of several runs after a warm-up.
    static func figures(notebooks count: Int) throws -> Figures {
        let policy = try policy()
        let now = Timestamp(milliseconds: 1_772_438_400_000)
        let world = World(records: (0..<count).map { record($0, policy: policy, now: now) })
        guard Planner.plan(world, policy: policy, now: now).decisions.count(where: isLate) > count / 2 else {
            throw Broken(text: "most notebooks should be decided by a late rule")
        }
        let plan = median { Planner.plan(world, policy: policy, now: now).decisions.count }
        let decisions = median {
            world.records.count { Planner.decide($0, policy: policy, now: now).action == .stop }
        }
        return Figures(plan: plan / 1_000_000, decision: decisions / Double(count))
    }

    /// Nanoseconds that the work takes; what it returns keeps it from being optimised away.
    private static func median(_ work: () -> Int) -> Double {
        var runs: [Double] = []
        var results = 0
        for run in 0..<12 {
            let begin = ContinuousClock.now
            results &+= work()
            if run >= 2 { runs.append((ContinuousClock.now - begin) / .nanoseconds(1)) }
        }
        return results < 0 ? 0 : runs.sorted()[runs.count / 2]
    }

    private static func isLate(_ decision: Decision) -> Bool {
        decision.rule.flatMap { Int($0.drop { !$0.isNumber }) }.map { $0 >= 150 } ?? false
    }

    // MARK: - The policy

    private static func policy() throws -> Policy {
        Policy(
            mode: .enforce,
            service: ServiceSettings(endpoint: "https://modelarts.example.com", projectID: "p"),
            evidence: [EvidenceSource(name: EvidenceName("jupyter"), kind: .jupyter(JupyterSettings()))],
            marks: MarkSettings(tag: "keep-alive", description: "keep-alive"),
            rules: try (0..<200).map {
                Rule(name: "rule \($0)", match: Selector(try conditions($0)), outcome: outcome($0))
            }
        )
    }

    private static func outcome(_ number: Int) -> Outcome {
        let source = EvidenceRequirement.Use(source: EvidenceName("jupyter"))
        let idle = IdleBudget(
            budget: .seconds(1_200 + number * 60),
            evidence: EvidenceRequirement(sources: [source]),
            whileActive: .prolong
        )
        return switch number % 8 {
        case 0: .keepAlive(KeepAlive(reason: "release \(number)"))
        case 1: .exempt
        case 2: .stop(warn: .seconds(3_600))
        default: .idle(idle)
        }
    }

    /// One is for whoever is marked, the last for everyone else.
    private static func conditions(_ number: Int) throws -> [Selector.Condition] {
        func globs(_ patterns: String...) throws -> [Glob] { try patterns.map { try Glob($0) } }
        let team = String(number)
        if number == 199 { return [] }
        if number == 20 { return [.marked(true)] }
        if number == 30 { return [.during(nights), .flavor(try globs("*.npu.*"))] }
        if number == 40 { return [.during(nights), .not(Selector([.runningFor(.seconds(60))]))] }
        switch number % 10 {
        case 0:
            return [.name(try globs("train-\(team)-*", "eval-\(team)-*")), .owner(try globs("alice", "bob-\(team)"))]
        case 1: return [.owner(try globs("group\(team)-*")), .flavor(try globs("*.gpu.*", "*.npu.*"))]
        case 2: return [.tag(key: "team", try globs("team-\(team)")), .not(Selector([.name(try globs("*-prod"))]))]
        case 3: return [.flavor(try globs("*.npu.*")), .workspace(try globs(team)), .runningFor(.seconds(86_400))]
        case 4: return [.pool(try globs("pool-\(team)", "*-teaching")), .image(try globs("*pytorch-\(team)*"))]
        case 5: return [.marked(true), .owner(try globs("lab\(team)?-*"))]
        case 6: return [.runningFor(.seconds(30 * 86_400)), .flavor(try globs("modelarts.vm.gpu.v\(team)"))]
        case 7: return [.not(Selector([.owner(try globs("user-*", "alice"))])), .description(try globs("*scratch*"))]
        case 8: return [.name(try globs("[a-f]*-\(team)-?")), .leaseType([.idle])]
        default: return [.owner(try globs("user-\(team)", "user-\(team)[0-9]")), .feature(try globs("NOTEBOOK"))]
        }
    }

    private static let nights = During([
        Schedule(windows: [Window(from: 1_200, to: 420)].compactMap(\.self), clock: WallClock(.gmt))
    ])

    // MARK: - The fleet

    private static func record(_ number: Int, policy: Policy, now: Timestamp) -> NotebookRecord {
        let notebook = Notebook(
            id: NotebookID("11111111-2222-4333-8444-\(1_000_000_000 + number)"),
            name: number % 10 == 0 ? "train-\(number % 300)-a" : "notebook-of-somebody-\(number)",
            status: .running,
            owner: Notebook.Owner(name: "user-\(number % 500)", id: "0123456789abcdef\(number % 500)"),
            workspaceID: "0",
            flavor: number % 4 == 0 ? "modelarts.vm.gpu.v100" : "modelarts.vm.cpu.2u",
            image: Notebook.NamedReference(id: "e1a07296-0000-4000-8000-000000000000", name: "pytorch-2.1-cuda"),
            feature: "NOTEBOOK",
            tags: number % 20 == 0 ? ["keep-alive": "true"] : number % 3 == 0 ? ["team": "team-\(number % 400)"] : [:],
            note: number % 5 == 0 ? "experiments of the week" : nil,
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
                activity: number % 2 == 0 ? .active : .idle(since: now - .seconds(Int64(number % 900))),
                observedAt: now - .seconds(5)
            )
        )
        return record
    }
}
