// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// One notebook in the engine's state: what is known, what was decided and what is under way.
///
/// A class, because a fleet of a hundred thousand must not be copied when its table grows; it never leaves the loop.
final class TrackedNotebook {
    let id: NotebookID
    private(set) var sharedRecord: SharedValue<NotebookRecord> { didSet { viewChanged() } }
    private(set) var sharedDecision: SharedValue<Decision> { didSet { viewChanged() } }
    private var sharedAttempt: SharedValue<ActionAttempt>? { didSet { viewChanged() } }
    private var sharedTrace: SharedValue<ActivityTrace>?
    /// What of the decision was last told, as a hash: a fleet's worth of whole decisions would cost memory.
    var told: Int?
    /// The last sweep that listed it.
    var sweep: Int
    /// Complete listings in a row that lacked it.
    var missedListings = 0
    /// The instant the state will look at it again by itself.
    var wakeAt: Timestamp?

    /// When a stop of it was last confirmed.
    var stoppedAt: Timestamp?
    /// As what its usage counts in the run that the ledger has open; nil where it has none.
    var runTraits: RunTraits?
    var isRunOpen: Bool { runTraits != nil }

    /// When the ledger was last given each survey's part about it.
    var surveyKeptAt: [EvidenceName: Timestamp] = [:]

    var isLooking = false
    /// Looks in a row that could not tell.
    var failedLooks = 0
    var lookNotBefore: Timestamp = .distantPast
    /// The sources that cannot tell about it.
    var silences: [SourceSilence] = [] { didSet { viewChanged() } }
    /// What was reported of that in this run, the last of each kind.
    var implausibilities: [ImplausibilityReport] = [] { didSet { viewChanged() } }

    var attemptNumber = 0
    /// Attempts in a row that ended without anything done.
    var fruitlessAttempts = 0
    var attemptNotBefore: Timestamp = .distantPast

    /// Whether what readers see of it is out of date.
    var isViewStale = false
    private let shelf: ViewShelf

    init(record: NotebookRecord, decision: Decision, sweep: Int, shelf: ViewShelf) {
        id = record.notebook.id
        sharedRecord = SharedValue(record)
        sharedDecision = SharedValue(decision)
        self.sweep = sweep
        self.shelf = shelf
        viewChanged()
    }

    /// Notes that it is no longer one of the fleet.
    func leave() {
        isViewStale = false
        shelf.drop(id)
    }

    private func viewChanged() {
        guard !isViewStale else { return }
        isViewStale = true
        shelf.note(self)
    }

    var record: NotebookRecord {
        get { sharedRecord.value }
        set { sharedRecord = SharedValue(newValue) }
    }

    var decision: Decision {
        get { sharedDecision.value }
        set { sharedDecision = SharedValue(newValue) }
    }

    var attempt: ActionAttempt? {
        get { sharedAttempt?.value }
        set { sharedAttempt = newValue.map { SharedValue($0) } }
    }

    /// What its looks showed in this run, where the policy asks for reports of made-up activity.
    var trace: ActivityTrace? {
        get { sharedTrace?.value }
        set { sharedTrace = newValue.map { SharedValue($0) } }
    }

    var attemptID: AttemptID { AttemptID(notebook: id, number: attemptNumber) }
}
