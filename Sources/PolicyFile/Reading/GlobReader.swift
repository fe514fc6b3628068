// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads globs, one or a list of them.
struct GlobReader {
    let sink: DiagnosticSink

    /// The globs; nil after an error.
    func globs(_ node: DocumentNode, _ name: String) -> [Glob]? {
        guard case .sequence(let items) = node.content else {
            return glob(node, name).map { [$0] }
        }
        if items.isEmpty {
            sink.error(node.place, "`\(name)` is an empty list, which matches nothing")
            return nil
        }
        let globs = items.compactMap { item in glob(item, name).map { (glob: $0, place: item.place) } }
        guard globs.count == items.count else { return nil }
        GlobListCheck(sink: sink).check(globs, name)
        return globs.map(\.glob)
    }

    /// One glob, where a list makes no sense; nil after an error.
    func single(_ node: DocumentNode, _ name: String) -> Glob? {
        guard case .scalar = node.content else {
            sink.error(node.place, "`\(name)` must be one glob, not \(node.kind)")
            return nil
        }
        return glob(node, name)
    }

    private func glob(_ node: DocumentNode, _ name: String) -> Glob? {
        if case .mapping = node.content {
            sink.error(node.place, "`\(name)` must be a glob or a list of globs, not a mapping")
            return nil
        }
        guard let text = ValueReader(sink: sink).text(node, name, mayBeEmpty: true) else { return nil }
        do {
            return try Glob(text.value)
        } catch {
            sink.error(node.place, "`\(name)`: the glob \(Quoted.value(text.value)) is malformed: \(reason(error))")
            return nil
        }
    }

    private func reason(_ error: Glob.Malformed) -> String {
        switch error {
        case .unclosedSet: "the `[` has no `]`; write `\\[` for the character itself"
        case .emptySet: "the `[` at its end begins no set; write `\\[` for the character itself"
        case .backwardRange: "a range in `[…]` runs backward, such as z-a"
        case .danglingEscape: "the `\\` at its end escapes nothing; write `\\\\` for the character itself"
        }
    }
}
