// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine

/// What goes wrong in a simulation, and how long things take; a test replaces what it is about.
struct SimulatedFaults {
    /// What becomes of a call.
    enum Call {
        case works
        /// It is refused and not carried out.
        case refused(ServiceFailure.Kind)
        /// It is carried out, but the reply is lost.
        case replyLost
        /// It gets lost on its way.
        case requestLost
        /// It is accepted, but nothing comes of it.
        case ignored
    }

    /// Whether a listing shows the notebook as the listing before did.
    var isStale: (NotebookID, _ now: Timestamp) -> Bool = { _, _ in false }
    /// Whether a listing leaves the notebook out, because the list moved while it was read.
    var isPassedOver: (NotebookID, _ now: Timestamp) -> Bool = { _, _ in false }
    /// What becomes of a notebook on its way.
    var garble: (Notebook, _ now: Timestamp) -> Notebook = { notebook, _ in notebook }
    /// How many pages a listing hands over before it fails; nil when it does not.
    var pagesBeforeListingFails: (_ now: Timestamp) -> Int? = { _ in nil }
    /// Why a source cannot tell; nil when it can.
    var look: (NotebookID, EvidenceName, _ now: Timestamp) -> Activity.Unknown? = { _, _, _ in nil }
    /// What a source says in place of the truth.
    var lie: (Activity, _ clock: Timestamp) -> Activity = { activity, _ in activity }
    /// Why a single reading fails; nil when it does not.
    var read: (NotebookID, _ now: Timestamp) -> ServiceFailure.Kind? = { _, _ in nil }
    var call: (NotebookID, _ now: Timestamp) -> Call = { _, _ in .works }
    /// How long the daemon is down that is killed before this effect; nil while it lives.
    var crash: (EngineEffect) -> Duration? = { _ in nil }
    /// Whether the ledger fails.
    var ledgerFails: (_ now: Timestamp) -> Bool = { _ in false }

    var pageTime: Duration = .milliseconds(300)
    var readTime: (NotebookID) -> Duration = { _ in .milliseconds(120) }
    /// How long a question about the whole fleet takes that is asked then.
    var surveyTime: (_ now: Timestamp) -> Duration = { _ in .milliseconds(200) }
    var lookTime: (NotebookID) -> Duration = { _ in .milliseconds(80) }
    var callTime: (NotebookID) -> Duration = { _ in .milliseconds(200) }
    var ledgerTime: Duration = .milliseconds(3)
}
