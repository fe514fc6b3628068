// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What one source of evidence says about one notebook's use.
package enum Activity: Hashable, Sendable {
    /// In use now.
    case active
    /// Not in use now; last used at the given instant.
    case idle(since: Timestamp)
    /// The source could not tell, for the given reason. Never a ground to stop anything.
    case unknown(Unknown)

    /// Why a source could not tell.
    package enum Unknown: Hashable, Sendable {
        /// Nobody has asked yet in this run of the notebook.
        case notObserved
        /// The answer is older than the policy or the planner accepts.
        case stale
        /// The notebook carries no address or token to ask at.
        case noAccess
        /// The server did not answer, or not in time; the text says how it failed, without any secret.
        case unreachable(String)
        /// The server refused the token or the login.
        case refused(String)
        /// The answer was no answer: a wrong form, an unheard-of state, a time from the future.
        case unintelligible(String)
        /// The source was asked and says itself that it cannot tell, or broke off; the text says why, without any secret.
        case cannotTell(String)
        /// The policy names a source for which this daemon has no probe.
        case noSuchSource
    }
}

extension Activity.Unknown {
    /// Whether nobody has looked lately, as opposed to having looked in vain: another look may tell.
    package var isMissingLook: Bool { self == .notObserved || self == .stale }
}

extension Activity.Unknown: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notObserved: "not looked at yet"
        case .stale: "the last look is too old"
        case .noAccess: "the notebook carries no address and token"
        case .unreachable(let detail): "unreachable: \(detail)"
        case .refused(let detail): "refused: \(detail)"
        case .unintelligible(let detail): "unintelligible: \(detail)"
        case .cannotTell(let detail): "cannot tell: \(detail)"
        case .noSuchSource: "no such source"
        }
    }
}
