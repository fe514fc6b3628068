// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What a simulated cloud holds at the beginning, and how it behaves.
package struct Scenario: Sendable {
    /// The instant at which the scenario begins, in milliseconds since 1970 UTC; a clock in fast time starts here.
    package var start: Int64
    package var settings: CloudSettings
    package var notebooks: [ScenarioNotebook]

    /// What users do in the console, beside working in their notebooks.
    package var acts: [UserAct]

    package init(
        start: Int64,
        settings: CloudSettings = CloudSettings(),
        notebooks: [ScenarioNotebook],
        acts: [UserAct] = []
    ) {
        self.start = start
        self.settings = settings
        self.notebooks = notebooks
        self.acts = acts
    }

    /// A scenario without notebooks.
    package static func empty(start: Int64) -> Scenario { Scenario(start: start, notebooks: []) }
}

/// One notebook of a scenario.
package struct ScenarioNotebook: Sendable, Equatable {
    /// A UUID; follows from the name unless set.
    package var id: String
    package var name: String
    package var owner: NotebookOwner
    package var description = ""
    package var tags: [SimulatedNotebook.Tag] = []
    package var flavor = "modelarts.vm.cpu.2u"

    /// `NOTEBOOK`, or `DEFAULT` for a free instance.
    package var feature = "NOTEBOOK"
    package var workspaceID = "0"
    package var imageName = "pytorch-example"
    package var pool: String?

    /// When it was created, in milliseconds since 1970 UTC.
    package var createdAt: Int64

    /// When it last became RUNNING; at its creation unless set.
    package var startedAt: Int64?
    package var status = NotebookStatus.running

    /// The length of its lease in milliseconds; −1 for no auto stop.
    package var lease: Int64 = 3_600_000
    package var leaseType = LeaseType.timing

    /// When the lease was given; at the last start unless set.
    package var leaseGivenAt: Int64?
    package var leaseForm = LeaseForm.full
    package var behaviour = Behaviour.working

    /// A running notebook with a lease of one hour whose user works.
    /// - Parameters:
    ///   - name: Its name, from which its id follows.
    ///   - owner: The name of its user.
    ///   - createdAt: When it was created and became RUNNING, in milliseconds since 1970 UTC.
    package init(_ name: String, owner: String, createdAt: Int64) {
        id = StableID.uuid(of: "notebook:" + name)
        self.name = name
        self.owner = NotebookOwner(name: owner)
        self.createdAt = createdAt
    }

    /// The same with some properties changed, for literals.
    package func with(_ change: (inout ScenarioNotebook) -> Void) -> ScenarioNotebook {
        var copy = self
        change(&copy)
        return copy
    }

    /// The notebook that this plan describes.
    func notebook(now: Int64) -> SimulatedNotebook {
        let started = startedAt ?? createdAt
        let givenAt = leaseGivenAt ?? started
        var token = StableID.uuid(of: "token:\(id):1")
        if case .external(_, let external) = behaviour { token = external }
        var notebook = SimulatedNotebook(
            id: id,
            name: name,
            description: description,
            tags: tags,
            owner: owner,
            flavor: flavor,
            feature: feature,
            workspaceID: workspaceID,
            imageID: "e1a07296-0000-4000-8000-000000000000",
            imageName: imageName,
            pool: pool,
            createdAt: createdAt,
            updatedAt: started,
            status: status,
            lease: Lease(createdAt: createdAt, requested: lease, type: leaseType, now: givenAt),
            leaseForm: leaseForm,
            token: token,
            runStartedAt: started,
            behaviour: behaviour
        )
        switch status {
        case .initial, .creating, .starting: notebook.phaseEndsAt = now + 27_000
        case .stopping: notebook.phaseEndsAt = now + 150_000
        case .snapshotting: notebook.phaseEndsAt = now + 120_000
        case .deleting: notebook.phaseEndsAt = now + 5000
        default: break
        }
        return notebook
    }
}
