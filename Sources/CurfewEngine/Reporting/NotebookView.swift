// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// One notebook as the engine saw it at one moment; it never changes.
package final class NotebookView: Sendable {
    package let id: NotebookID
    private let sharedRecord: SharedValue<NotebookRecord>
    private let sharedDecision: SharedValue<Decision>
    /// What is under way on it: `stop` or `prolong`; nil when nothing is.
    package let underWay: String?
    package let isStuck: Bool
    /// The sources that its rule asks and that cannot tell about it.
    package let silences: [SourceSilence]
    /// What looked made up of its use in this run, the last of each kind.
    package let implausibilities: [ImplausibilityReport]

    /// Room for what readers make of the view: most views stay in many snapshots.
    package let document = RenderedOnce()
    package let row = RenderedOnce()

    init(_ tracked: TrackedNotebook, silences: [SourceSilence]) {
        id = tracked.id
        sharedRecord = tracked.sharedRecord
        sharedDecision = tracked.sharedDecision
        underWay = tracked.attempt?.decision.action.name
        isStuck = tracked.attempt?.isStuck ?? false
        self.silences = silences
        implausibilities = tracked.implausibilities
    }

    package var record: NotebookRecord { sharedRecord.value }
    package var decision: Decision { sharedDecision.value }
}
