// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension Scenario {
    /// A dozen notebooks of a small laboratory, from eight in the morning to the evening.
    ///
    /// Made for the demonstration: in ten hours every decision of an idle policy comes up at least once.
    /// - Parameter start: 08:00 of the day, in milliseconds since 1970 UTC.
    /// - Returns: The scenario.
    package static func workingDay(start: Int64) -> Scenario {
        let day = WorkingDay(start: start)
        return Scenario(start: start, notebooks: day.people + day.machines + day.exceptions, acts: day.acts)
    }
}

/// The cast of `Scenario.workingDay`.
private struct WorkingDay {
    let start: Int64

    private let cpu = "modelarts.vm.cpu.2u"
    private let gpu = "modelarts.vm.gpu.v100"
    private let npu = "modelarts.vm.npu.d910"

    /// Stopped by its user in the morning and started again in the afternoon.
    private let restarted = "paper-figures"

    private func at(_ hour: Int64, _ minute: Int64 = 0) -> Int64 { start + ((hour - 8) * 60 + minute) * 60_000 }

    private func notebook(
        _ name: String,
        _ owner: String,
        _ flavor: String,
        leaseHours: Int64,
        _ behaviour: Behaviour
    ) -> ScenarioNotebook {
        ScenarioNotebook(name, owner: owner, createdAt: start - 3 * 86_400_000).with { notebook in
            notebook.flavor = flavor
            notebook.startedAt = start - 600_000
            notebook.lease = leaseHours * 3_600_000
            notebook.behaviour = behaviour
        }
    }

    /// People at work.
    var people: [ScenarioNotebook] {
        let office = [at(8, 5)..<at(12), at(12, 45)..<at(17, 10)]
        let longOffice = [at(8, 5)..<at(12, 30), at(12, 45)..<at(18)]
        return [
            notebook("churn-model", "alice", cpu, leaseHours: 12, .sessions(office)),
            // Works all day, but the lease was chosen in the morning: it would run out at work.
            notebook("speech-features", "bob", gpu, leaseHours: 3, .sessions(longOffice)),
            // Goes to lunch and forgets the accelerator.
            notebook("vision-finetune", "carol", gpu, leaseHours: 24, .goneHome(at: at(12))),
            notebook("data-cleaning", "dave", cpu, leaseHours: 12, .goneHome(at: at(16, 30))),
            notebook("log-analysis", "erin", cpu, leaseHours: 12, .terminal(until: at(14))),
        ]
    }

    /// What runs without people.
    var machines: [ScenarioNotebook] {
        [
            // Twelve hours in one cell without a line of output: busy all the time, and its last activity never moves.
            notebook("train-llm-lora", "alice", npu, leaseHours: 24, .silentTraining(from: at(8, 10), to: at(20, 10))),
            notebook("dashboard", "frank", cpu, leaseHours: 72, .openTab(since: at(8, 20))),
            notebook("eval-nightly", "bob", gpu, leaseHours: 6, .idleSince(at(7, 55))).with { notebook in
                notebook.tags = [SimulatedNotebook.Tag("keep-alive", "true")]
            },
        ]
    }

    /// What a policy must not fall for.
    var exceptions: [ScenarioNotebook] {
        [
            notebook("course-101", "teacher", cpu, leaseHours: 12, .untouched).with { $0.pool = "pool-teaching" },
            notebook("course-102", "teacher", cpu, leaseHours: 12, .untouched).with { $0.pool = "pool-teaching" },
            notebook(restarted, "grace", cpu, leaseHours: 12, .sessions([at(8, 30)..<at(10), at(14, 30)..<at(16)])),
            notebook("broken-image", "heidi", gpu, leaseHours: 24, .unreachableJupyter),
        ]
    }
    /// What the people do in the console.
    var acts: [UserAct] {
        let notebook = StableID.uuid(of: "notebook:" + restarted)
        return [
            UserAct(at: at(10), notebook: notebook, .stop),
            UserAct(at: at(14, 25), notebook: notebook, .start(lease: 4 * 3_600_000)),
        ]
    }
}
