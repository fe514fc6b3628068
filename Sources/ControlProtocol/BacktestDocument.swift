// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// What `backtest --json` prints.
package struct BacktestDocument: Codable, Equatable, Sendable {
    package let generatedAt: String
    /// The time that was tried.
    package let from: String
    package let to: String
    package let notebooks: Int
    /// Use so many seconds after a stop makes it likely wrong.
    package let soonSeconds: Double
    package let actual: ActualDocument
    package let new: BacktestSideDocument
    /// Null where no policy in force was named or found.
    @ExplicitNull package var inForce: BacktestSideDocument?

    /// What really happened in that time.
    package struct ActualDocument: Codable, Equatable, Sendable {
        package let stops: Int
        package let runningHours: Double
    }

    package init(
        generatedAt: Timestamp,
        history: FleetHistory,
        soon: Duration,
        new: BacktestSideDocument,
        inForce: BacktestSideDocument?
    ) {
        self.generatedAt = generatedAt.description
        from = history.from.description
        to = history.to.description
        notebooks = history.notebooks.count
        soonSeconds = soon / .seconds(1)
        actual = ActualDocument(stops: history.stops, runningHours: new.runningHours + new.savedHours)
        self.new = new
        self.inForce = inForce
    }
}

/// One policy and what came of it.
package struct BacktestSideDocument: Codable, Equatable, Sendable {
    package let policy: String
    package let runningHours: Double
    package let savedHours: Double
    /// What these hours cost by the policy's prices, such as `103.20`; null where it names none.
    @ExplicitNull package var savedMoney: String?
    @ExplicitNull package var currency: String?
    /// Hours in which notebooks may have been over their budget while nothing tells whether they were in use.
    package let unjudgedHours: Double
    package let likelyWrong: Int
    /// When the guard of stops would first have frozen them all; null if never.
    @ExplicitNull package var frozenAt: String?
    package let stops: [BacktestStopDocument]

    package init(_ policy: String, _ result: Backtest, soon: Duration) {
        self.policy = policy
        runningHours = (result.ran - result.saved) / .seconds(3_600)
        savedHours = result.saved / .seconds(3_600)
        savedMoney = result.savedMoney?.amount.description
        currency = result.savedMoney?.currency
        unjudgedHours = result.unjudged / .seconds(3_600)
        likelyWrong = result.stops.count { $0.isLikelyWrong(within: soon) }
        stops = result.stops.map { BacktestStopDocument($0, soon: soon) }
        frozenAt = result.freeze?.at.description
    }
}

/// A stop that a policy would have made.
package struct BacktestStopDocument: Codable, Equatable, Sendable {
    package let notebook: NotebookDocument
    package let at: String
    package let rule: String
    package let reasons: [ReasonDocument]
    package let savedHours: Double
    package let likelyWrong: Bool
    /// The next use in that run; null when none is known.
    @ExplicitNull package var usedAgainAt: String?
    /// When the daemon really stopped it in that run; null when it did not.
    @ExplicitNull package var stoppedAt: String?

    init(_ stop: ReplayedStop, soon: Duration) {
        notebook = NotebookDocument(stop.notebook)
        at = stop.at.description
        rule = stop.rule
        reasons = stop.reasons.map { ReasonDocument(code: $0.code, text: $0.description) }
        savedHours = stop.saved / .seconds(3_600)
        likelyWrong = stop.isLikelyWrong(within: soon)
        usedAgainAt = stop.usedAgainAt?.description
        stoppedAt = stop.realStopAt?.description
    }
}
