// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension Scenario {
    /// Any number of notebooks of mixed owners, flavors, leases and behaviours.
    ///
    /// Cheap enough for 100 000: no formatting beyond what a notebook needs, already in the order of creation.
    /// - Parameters:
    ///   - count: How many notebooks.
    ///   - seed: The same seed gives the same scenario.
    ///   - start: When it begins, in milliseconds since 1970 UTC. Leases run from then on.
    /// - Returns: The scenario.
    package static func generated(count: Int, seed: UInt64, start: Int64) -> Scenario {
        var random = SplitMix64(state: seed)
        let owners = (0..<max(1, min(count / 4, 500))).map { NotebookOwner(name: "user\($0)") }
        let flavors = ["modelarts.vm.cpu.2u", "modelarts.vm.cpu.8u", "modelarts.vm.gpu.v100", "modelarts.vm.npu.d910"]
        let hour: Int64 = 3_600_000
        let notebooks = (0..<count).map { number -> ScenarioNotebook in
            // Created one after the other within the 30 days before the start.
            let age = 720 * hour - Int64(number) * (719 * hour) / Int64(max(count, 1))
            var notebook = ScenarioNotebook(
                id: StableID.uuid(&random),
                name: "nb-\(number)",
                owner: owners[Int(random.next() % UInt64(owners.count))],
                createdAt: start - age
            )
            let draw = random.next()
            notebook.flavor = flavors[Int(draw % 4)]
            notebook.startedAt = start - min(age, Int64(draw >> 8 % 600) % 600 * 60_000 + 60_000)
            notebook.leaseGivenAt = start
            notebook.lease = hour * Int64(1 + draw >> 16 % 24 % 24)
            notebook.status = draw >> 24 % 10 < 8 ? .running : .stopped
            notebook.behaviour = behaviour(draw: draw >> 32, start: start)
            return notebook
        }
        return Scenario(start: start, notebooks: notebooks)
    }

    private static func behaviour(draw: UInt64, start: Int64) -> Behaviour {
        let minutes = Int64(draw >> 4 & 0x1ff) * 60_000
        switch draw & 15 {
        case 0..<5: return .working
        case 5..<8: return .goneHome(at: start + minutes)
        case 8..<11: return .idleSince(start - minutes / 8)
        case 11: return .openTab(since: start - minutes / 8)
        case 12: return .silentTraining(from: start - minutes / 8, to: start + minutes * 2)
        case 13: return .terminal(until: start + minutes)
        case 14: return .untouched
        default: return .unreachableJupyter
        }
    }
}

extension ScenarioNotebook {
    /// A notebook whose id is known already, so that it need not be derived.
    fileprivate init(id: String, name: String, owner: NotebookOwner, createdAt: Int64) {
        self.id = id
        self.name = name
        self.owner = owner
        self.createdAt = createdAt
    }
}
