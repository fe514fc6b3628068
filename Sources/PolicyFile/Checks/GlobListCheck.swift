// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Warns of globs that add nothing to their list, because another one of it matches all that they match.
struct GlobListCheck {
    let sink: DiagnosticSink

    /// More wildcards than this in one list are not compared with each other.
    private static let mostPatterns = 50

    func check(_ globs: [(glob: Glob, place: Place)], _ name: String) {
        let patterns = globs.indices.filter { !globs[$0].glob.isLiteral }.prefix(Self.mostPatterns)
        var literals: Set<String> = []
        for (index, (glob, place)) in globs.enumerated() {
            if glob.isLiteral, !literals.insert(glob.literalText).inserted {
                sink.warning(place, "\(Quoted.value(glob.pattern)) is in the list of `\(name)` already")
                continue
            }
            let wider = patterns.first { other in
                other != index && GlobLanguage.isCovered(glob, by: [globs[other].glob], sink.effort)
                    // Of two that match the same, the later one is too much.
                    && (other < index || !GlobLanguage.isCovered(globs[other].glob, by: [glob], sink.effort))
            }
            guard let wider else { continue }
            sink.warning(
                place,
                "\(Quoted.value(glob.pattern)) adds nothing to `\(name)`: \(Quoted.value(globs[wider].glob.pattern)) in the "
                    + "same list matches all of it"
            )
        }
    }
}
