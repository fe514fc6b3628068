// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine

extension EngineRig {
    /// When stops went out, and for which notebooks.
    var stops: [(at: Timestamp, notebook: NotebookID)] {
        fleet.requests.compactMap { request in
            if case .stop(let stop) = request.order { (request.at, stop.notebook) } else { nil }
        }
    }

    /// When renewals went out.
    var renewals: [(at: Timestamp, order: RenewalOrder)] {
        fleet.requests.compactMap { request in
            if case .renew(let renewal) = request.order { (request.at, renewal) } else { nil }
        }
    }

    /// How many reports fit.
    func count(_ fits: (EngineReport) -> Bool) -> Int { reports.count { fits($0.report) } }
}

extension Policy {
    /// A policy for rigs: everything idle for an hour stops.
    static func sample(
        mode: Mode = .enforce,
        _ rules: [Rule] = [.idle()],
        coldStart: Duration = .zero,
        stops: Int = 1_000
    ) -> Policy {
        Policy(
            mode: mode,
            service: ServiceSettings(endpoint: "https://cloud.example", projectID: "p", pollEvery: .seconds(60)),
            marks: MarkSettings(tag: "keep-alive"),
            rules: rules,
            guards: GuardSettings(
                stops: GuardSettings.Stops(count: stops, percent: 0, within: .seconds(600)),
                coldStart: coldStart
            )
        )
    }
}

extension Rule {
    static func idle(
        _ budget: Duration = .seconds(3_600),
        warn: Duration? = nil,
        whileActive: IdleBudget.WhileActive = .leave
    ) -> Rule {
        let jupyter = EvidenceRequirement(sources: [EvidenceRequirement.Use(source: EvidenceName("jupyter"))])
        return Rule(
            name: "idle",
            outcome: .idle(IdleBudget(budget: budget, evidence: jupyter, warn: warn, whileActive: whileActive))
        )
    }

    static func kept(_ selector: Selector = Selector()) -> Rule {
        Rule(name: "kept", match: selector, outcome: .keepAlive(KeepAlive()))
    }
}

extension ModelNotebook {
    /// A notebook that started ten hours before the rig does and was last used `idle` before then.
    static func sample(_ name: String, idle: Duration = .zero, leaseLeft: Duration = .seconds(72 * 3_600))
        -> ModelNotebook
    {
        let start = EngineRig.start
        let created = start - .seconds(36_000)
        let notebook = Notebook(
            id: NotebookID(name),
            name: name,
            status: .running,
            owner: Notebook.Owner(name: "alice"),
            flavor: "cpu",
            lease: .known(
                Lease(
                    isEnabled: true,
                    kind: .timing,
                    createdAt: created,
                    duration: start - created + leaseLeft,
                    updatedAt: created
                )
            ),
            updatedAt: created,
            access: JupyterAccess(url: "https://\(name).example/lab", token: Secret("token-\(name)"))
        )
        return ModelNotebook(notebook: notebook, lastActivity: start - idle, serverStartedAt: created)
    }
}

extension ServiceFailure {
    static func sample(_ kind: Kind) -> ServiceFailure {
        ServiceFailure(kind, doing: "testing", explanation: "it failed")
    }
}

extension Timestamp {
    /// So many seconds after the rig's start.
    static func after(_ seconds: Double) -> Timestamp { EngineRig.start + .milliseconds(Int64(seconds * 1_000)) }
}
