// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials

/// Everything the administrator decided, checked and ready to plan with.
///
/// A value of this type is always complete and consistent: the loader reports every problem of the file before it makes
/// one. It holds no secret.
package struct Policy: Sendable, Equatable {
    package var mode: Mode
    /// The zone in which dates without a time end; marks on notebooks are read in it too, and budgets begin anew in it.
    package var timeZone: TimeZone
    package var service: ServiceSettings
    package var evidence: [EvidenceSource]
    /// How a notebook's own user asks for keep-alive; nil when the policy offers no such way.
    package var marks: MarkSettings?
    /// In order: the first rule that matches decides.
    package var rules: [Rule] {
        didSet { index = RuleIndex(rules) }
    }
    /// The rules once more, to find the one that matches quickly.
    private(set) var index: RuleIndex
    package var guards: GuardSettings
    /// Which use is reported as made up; nil when none is.
    package var plausibility: PlausibilitySettings?
    /// What running costs; nil where the policy names no prices.
    package var prices: PriceList?
    /// Who may do what through the daemon's socket.
    package var control = ControlSettings()
    /// Of the bytes of its file, to tell in the ledger which policy was in force; empty where there is no file.
    package var digest = ""

    /// Whether the daemon acts on its decisions.
    package enum Mode: String, Sendable, CaseIterable {
        /// Decide and report, never send a request that could change a notebook.
        case observe
        /// Act.
        case enforce
    }

    package init(
        mode: Mode = .observe,
        timeZone: TimeZone = .gmt,
        service: ServiceSettings,
        evidence: [EvidenceSource] = [],
        marks: MarkSettings? = nil,
        rules: [Rule] = [],
        guards: GuardSettings = GuardSettings(),
        prices: PriceList? = nil
    ) {
        self.mode = mode
        self.timeZone = timeZone
        self.service = service
        self.evidence = evidence
        self.marks = marks
        self.rules = rules
        index = RuleIndex(rules)
        self.guards = guards
        self.prices = prices
    }
}
