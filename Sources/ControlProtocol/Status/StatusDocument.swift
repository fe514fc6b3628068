// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// What the running daemon sees: the head, and a decision for every notebook, as `plan --json` has them.
package struct StatusDocument: Codable, Equatable, Sendable {
    package let head: StatusHead
    /// In the order of the notebooks' ids.
    package let decisions: [NotebookStatusDocument]

    private enum CodingKeys: String, CodingKey { case decisions }

    package init(head: StatusHead, decisions: [NotebookStatusDocument]) {
        (self.head, self.decisions) = (head, decisions)
    }

    package init(from decoder: any Decoder) throws {
        head = try StatusHead(from: decoder)
        decisions = try decoder.container(keyedBy: CodingKeys.self)
            .decode([NotebookStatusDocument].self, forKey: .decisions)
    }

    package func encode(to encoder: any Encoder) throws {
        try head.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(decisions, forKey: .decisions)
    }
}

/// One notebook in the status: its decision, with the holds that stand applied, and what goes on around it.
package struct NotebookStatusDocument: Codable, Equatable, Sendable {
    package let decision: DecisionDocument
    package let state: NotebookStateDocument

    package init(_ decision: Decision, record: NotebookRecord, state: NotebookStateDocument) {
        self.decision = DecisionDocument(decision, record: record)
        self.state = state
    }

    package init(from decoder: any Decoder) throws {
        (decision, state) = (try DecisionDocument(from: decoder), try NotebookStateDocument(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws {
        try decision.encode(to: encoder)
        try state.encode(to: encoder)
    }
}

/// What goes on around a notebook besides the decision about it.
package struct NotebookStateDocument: Codable, Equatable, Sendable {
    /// `stop` or `prolong` while that is under way.
    @ExplicitNull package var underWay: String?
    /// Whether what is under way has failed so often that a person should look.
    package let isStuck: Bool
    /// The sources that its rule asks and that cannot tell about it.
    package let silences: [SilenceDocument]
    /// What looks made up of its use.
    package let findings: [FindingDocument]

    package init(
        underWay: String? = nil,
        isStuck: Bool = false,
        silences: [SilenceDocument] = [],
        findings: [FindingDocument] = []
    ) {
        self.isStuck = isStuck
        self.silences = silences
        self.findings = findings
        self.underWay = underWay
    }
}

/// A source that cannot tell about a notebook.
package struct SilenceDocument: Codable, Equatable, Sendable {
    package let source: String
    package let since: String
    package let why: String

    package init(source: EvidenceName, since: Timestamp, why: Activity.Unknown) {
        (self.source, self.since, self.why) = (source.text, since.description, why.description)
    }
}

/// Something about a notebook's use that looks made up.
package struct FindingDocument: Codable, Equatable, Sendable {
    package let code: String
    package let text: String
    package let reportedAt: String

    package init(_ finding: Implausibility, reportedAt: Timestamp) {
        (code, text, self.reportedAt) = (finding.code, finding.description, reportedAt.description)
    }
}
