// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension NotebookStatusDocument {
    /// The document as JSON; the same that a general encoder makes of it.
    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            decision.write(to: &writer)
            state.write(to: &writer)
        }
        return writer.bytes
    }
}

extension DecisionDocument {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("notebook")
        writer.object { writer in
            writer.text("id", notebook.id)
            writer.text("name", notebook.name)
            writer.text("owner", notebook.owner)
            writer.text("flavor", notebook.flavor)
            writer.text("status", notebook.status)
        }
        writer.key("lease")
        writer.optional(lease) { $0.write(to: &$1) }
        writer.key("mark")
        writer.optional(mark) { $0.write(to: &$1) }
        writer.text("action", action)
        writer.text("rule", rule)
        writer.key("reasons")
        writer.objects(reasons) { reason, writer in
            writer.text("code", reason.code)
            writer.text("text", reason.text)
        }
        writer.key("activity")
        writer.optional(activity) { $0.write(to: &$1) }
        writer.text("deadline", deadline)
        writer.text("nextReview", nextReview)
    }
}

extension LeaseDocument {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.key("enabled")
        writer.value(enabled)
        writer.text("type", type)
        writer.text("expiresAt", expiresAt)
    }
}

extension MarkDocument {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.text("origin", origin)
        writer.text("until", until)
        writer.text("grantedBy", grantedBy)
        writer.text("reason", reason)
    }
}

extension ActivityDocument {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.text("state", state)
        writer.text("lastActivityAt", lastActivityAt)
        writer.key("evidence")
        writer.objects(evidence) { look, writer in
            writer.text("source", look.source)
            writer.text("state", look.state)
            writer.text("observedAt", look.observedAt)
            writer.text("detail", look.detail)
        }
    }
}

extension NotebookStateDocument {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.text("underWay", underWay)
        writer.key("isStuck")
        writer.value(isStuck)
        writer.key("silences")
        writer.objects(silences) { silence, writer in
            writer.text("source", silence.source)
            writer.text("since", silence.since)
            writer.text("why", silence.why)
        }
        writer.key("findings")
        writer.objects(findings) { finding, writer in
            writer.text("code", finding.code)
            writer.text("text", finding.text)
            writer.text("reportedAt", finding.reportedAt)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func text(_ name: StaticString, _ text: String?) {
        key(name)
        value(text)
    }

    fileprivate mutating func optional<Document>(
        _ document: Document?,
        _ write: (Document, inout JSONWriter) -> Void
    ) {
        guard let document else { return value(nil as String?) }
        object { write(document, &$0) }
    }

    fileprivate mutating func objects<Document>(
        _ documents: [Document],
        _ write: (Document, inout JSONWriter) -> Void
    ) {
        array { writer in
            for document in documents { writer.object { write(document, &$0) } }
        }
    }
}
