// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// An error as the daemon answers it: problem details (RFC 9457), of type `application/problem+json`.
package struct ProblemDocument: Codable, Equatable, Sendable {
    /// What kind of problem it is, `about:blank` or a name that begins with `urn:curfew:problem:`.
    package let type: String
    /// The kind in words, the same each time.
    package let title: String
    /// The status of the HTTP reply.
    package let status: Int
    /// What happened this time and what to do next.
    @ExplicitNull package var detail: String?
    /// The notebooks that an ambiguous name may mean; null for other problems.
    @ExplicitNull package var candidates: [NotebookName]?
    /// The lines of `curfew check` about a policy that was not taken; null for other problems.
    @ExplicitNull package var diagnostics: [String]?

    package init(
        type: String = "about:blank",
        title: String,
        status: Int,
        detail: String?,
        candidates: [NotebookName]? = nil,
        diagnostics: [String]? = nil
    ) {
        self.type = type
        self.title = title
        self.status = status
        self.detail = detail
        self.candidates = candidates
        self.diagnostics = diagnostics
    }

    /// The kinds of problems that a program may want to tell apart.
    package enum Kind {
        package static let unknownNotebook = "urn:curfew:problem:unknown-notebook"
        package static let ambiguousNotebook = "urn:curfew:problem:ambiguous-notebook"
        package static let notPermitted = "urn:curfew:problem:not-permitted"
        package static let badPolicy = "urn:curfew:problem:bad-policy"
    }
}
