// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What all the evidence that a rule asks for says together.
package struct ActivityVerdict: Sendable, Equatable {
    package var state: State
    /// The latest activity known in this run; present also when the state is unknown, as a lower bound.
    package var lastActivityAt: Timestamp
    /// How late it may have been, where a source only knows that there was use within a span; else the same instant.
    package var latestActivityAt: Timestamp
    package var evidence: [Observation]
    /// The oldest of the looks that the state rests on; nil when it rests on none.
    package var oldestLookAt: Timestamp?
    /// When the first of these looks becomes too old by its `maxAge`; nil when none does.
    package var staleAt: Timestamp?

    package enum State: Sendable, Equatable {
        case active(source: EvidenceName, detail: String)
        case idle
        case unknown(Reason)
    }

    /// Weighs the looks that a requirement asks for.
    ///
    /// Every source that is not optional must speak; one that does not makes the whole unknown. Otherwise the last
    /// activity is the latest that any look of this run knows, and never before the notebook became RUNNING.
    package init(_ requirement: borrowing EvidenceRequirement, record: borrowing NotebookRecord, now: Timestamp) {
        let runningSince = record.runningSince
        var last = max(runningSince, record.lastKnownActivityAt ?? runningSince)
        var latest = last
        var active: State?
        var silent: Reason?
        var unseen: Reason?
        var speaking = 0
        var oldest: Timestamp?
        var stale: Timestamp?
        for use in requirement.sources {
            switch Self.activity(of: use, record: record, now: now) {
            case .unknown(let why):
                let reason = Reason.evidenceUnknown(source: use.source, why)
                if !use.isOptional { silent = silent ?? reason }
                if why.isMissingLook { unseen = unseen ?? reason }
            case .active:
                guard let look = record.observation(of: use.source) else { continue }
                speaking += 1
                last = max(last, look.knownActivityAt ?? last)
                latest = max(latest, look.observedAt)
                active = active ?? .active(source: use.source, detail: look.detail)
                oldest = min(oldest ?? look.observedAt, look.observedAt)
                stale = Planner.earliest(stale, use.staleAt(look))
            case .idle(let since):
                guard let look = record.observation(of: use.source) else { continue }
                speaking += 1
                last = max(last, since)
                oldest = min(oldest ?? look.observedAt, look.observedAt)
                stale = Planner.earliest(stale, use.staleAt(look))
            }
        }
        if silent == nil, speaking < requirement.atLeast {
            // A source that nobody has asked lately may still speak.
            silent = unseen ?? .evidenceTooThin(speaking: speaking, wanted: requirement.atLeast)
        }
        state = silent.map { .unknown($0) } ?? active ?? .idle
        lastActivityAt = last
        latestActivityAt = max(last, latest)
        evidence = record.observations
        oldestLookAt = oldest
        staleAt = stale
    }

    /// What the last look of a source counts as at `now`.
    static func activity(
        of use: EvidenceRequirement.Use,
        record: NotebookRecord,
        now: Timestamp
    ) -> Activity {
        guard let look = record.observation(of: use.source) else { return .unknown(.notObserved) }
        // A clock that was set back: such a look would count as fresh for ever.
        guard look.observedAt <= now else { return .unknown(.stale) }
        if let maxAge = use.maxAge, now - look.observedAt > maxAge { return .unknown(.stale) }
        return look.activity
    }
}

extension EvidenceRequirement.Use {
    /// The first instant at which the look is older than it may be.
    fileprivate func staleAt(_ look: Observation) -> Timestamp? {
        maxAge.map { look.observedAt + $0 + .milliseconds(1) }
    }
}
