// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Something that a user does in the console at a set time.
package struct UserAct: Sendable, Equatable {
    /// When, in milliseconds since 1970 UTC.
    package let at: Int64

    /// The notebook's id.
    package let notebook: String
    package let deed: Deed

    package init(at: Int64, notebook: String, _ deed: Deed) {
        self.at = at
        self.notebook = notebook
        self.deed = deed
    }

    /// What the user does.
    package enum Deed: Sendable, Equatable {
        case stop
        /// Starts with a lease of that many milliseconds.
        case start(lease: Int64)
        case tag(SimulatedNotebook.Tag)
        case untag(String)
        case describe(String)
    }
}

extension CloudModel {
    /// Does what a user does in the console.
    /// - Throws: What the console would answer, for example that the notebook is already stopped.
    package mutating func perform(_ act: UserAct, now: Int64) throws(APIError) {
        switch act.deed {
        case .stop: _ = try stop(act.notebook, cause: .user, now: now)
        case .start(let lease):
            _ = try start(act.notebook, lease: LeaseRequest(duration: lease), cause: .user, now: now)
        case .tag(let tag): try addTags([tag], to: act.notebook, now: now)
        case .untag(let key): try removeTags([key], from: act.notebook, now: now)
        case .describe(let text): _ = try update(act.notebook, description: text, now: now)
        }
    }
}
