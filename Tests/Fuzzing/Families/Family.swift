// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A kind of document that comes from outside, with what is promised whatever is in it.
package enum Family: String, CaseIterable, Sendable {
    case policy
    case calendar
    case notebook
    case page
    case lease
    case refusal
    case token
    case agency
    case jupyter
    case login
    case metrics

    /// How many of twenty cases are of the family.
    private var share: Int {
        switch self {
        case .policy, .notebook: 3
        case .calendar, .page, .refusal, .token, .jupyter: 2
        case .lease, .agency, .login, .metrics: 1
        }
    }

    private static let turns = allCases.flatMap { Array(repeating: $0, count: $0.share) }

    /// The family of a case.
    package static func of(case number: Int) -> Family { turns[number % turns.count] }

    /// Plays one case and tells whether there was still sense in its document; throws `BrokenPromise` where a promise does
    /// not hold.
    func play(_ bench: Bench, _ random: inout SeededGenerator) async throws -> Bool {
        switch self {
        case .policy: try PolicyFamily.play(bench, &random)
        case .calendar: try CalendarFamily.play(bench, &random)
        case .notebook: try await NotebookFamily.play(bench, &random)
        case .page: try await PageFamily.play(bench, &random)
        case .lease: try await LeaseFamily.play(bench, &random)
        case .refusal: try await RefusalFamily.play(bench, &random)
        case .token: try await TokenFamily.play(bench, &random)
        case .agency: try await AgencyFamily.play(bench, &random)
        case .jupyter: try await JupyterFamily.play(bench, &random)
        case .login: try await LoginFamily.play(bench, &random)
        case .metrics: try await MetricsFamily.play(bench, &random)
        }
    }
}
