// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// Something that people or other programs should know; `EventLog` writes it to the journal.
package enum EngineReport: Sendable {
    case sweepFinished(listed: Int, running: Int, took: Duration)
    case sweepFailed(ServiceFailure)
    /// The decision about a notebook is another one than before.
    case decided(Decision, Notebook, Policy.Mode)
    /// A stop is coming; the report is the warning.
    case warned(Decision, Notebook, Policy.Mode)
    /// An action is about to be verified and sent.
    case intended(Decision, Notebook)
    /// The request went out.
    case sent(Decision, Notebook, ActionAttempt.Order)
    /// A try failed and will be repeated.
    case tryFailed(Decision, Notebook, String)
    case becameStuck(Decision, Notebook, String)
    case ended(Decision, Notebook, ActionAttempt.Outcome)
    /// The ledger could not keep something.
    case ledgerFailed(Notebook, String)
    /// A source could not tell for a long time whether the notebook is in use.
    case sourceSilent(Notebook, SourceSilence, isOptional: Bool)
    /// The same of more notebooks than are told one by one.
    case silentNotebooks(SilentNotebooks)
    /// What was seen of the notebook's use looks made up; nothing follows from it.
    case implausible(Notebook, Implausibility)
    case vanished(Notebook)
    /// Its keep-alive mark is none, and its user may believe it is.
    case markUnreadable(Notebook, String)
    case granted(Notebook, Grant)
    case grantWithdrawn(Notebook, by: String)
    /// A person holds all stops.
    case frozenByHand(HandFreeze)
    /// A person ended the freeze by hand.
    case thawed(by: String)
    /// A person let stops go that the guard held.
    case approved([RecordedAct.NamedNotebook], by: String)
    case holdBegan(Hold)
    case holdEnded(Hold)
    /// A new policy is about to be in force; the names are of notebooks that it stops and the one before did not.
    case policyReplaced(rules: Int, mode: Policy.Mode, newlyDue: [String], by: String? = nil)
    /// What became of an intent that an earlier run of the daemon left open.
    case resolved(OpenIntent, OpenIntent.Resolution)
    /// A group has used the share of a budget at which to warn.
    case budgetNearlySpent(UsageFigure)
    /// Nobody knows how much of any budget is used, and why.
    case usageUnknown(String)
    case usageKnown
    /// Something starts the notebook again each time; it is left alone.
    case flapping(Notebook, Reason)
}
