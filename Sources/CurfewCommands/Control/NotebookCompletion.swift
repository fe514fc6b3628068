// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlClient
import ControlProtocol
import Foundation

/// Completes the names of notebooks from the running daemon; without one, it is silent.
enum NotebookCompletion {
    /// How an option or argument is completed that names a notebook.
    static var kind: CompletionKind {
        .custom { words, _, prefix in await candidates(words: words, prefix: prefix) }
    }

    /// Nobody waits longer for a completion.
    private static let patience: Duration = .seconds(2)

    private static func candidates(words: [String], prefix: String) async -> [String] {
        let socket = ControlOptions.socket(
            in: runtimeDirectory(in: words) ?? ProcessInfo.processInfo.environment["RUNTIME_DIRECTORY"]
        )
        // A shell that is asked to complete has no place for errors.
        let document = try? await ControlClient.with(socket: socket, patience: patience) { client in
            try await client.get(NotebooksDocument.self, ControlPath("notebooks"))
        }
        return document.map { names($0.notebooks, beginningWith: prefix) } ?? []
    }

    /// The directory that the command line names already.
    ///
    /// bash takes a word apart at its equals sign, other shells do not.
    static func runtimeDirectory(in words: [String]) -> String? {
        guard let index = words.firstIndex(where: { $0 == "--runtime-dir" || $0.hasPrefix("--runtime-dir=") }) else {
            return nil
        }
        let word = words[index]
        if word.hasPrefix("--runtime-dir=") { return String(word.dropFirst("--runtime-dir=".count)) }
        return words[(index + 1)...].first { $0 != "=" }
    }

    /// What stands for the notebooks: a name where it is the only one of its kind, else the id.
    ///
    /// Shells evaluate what they are given as completions: bash expands `$(…)` in it. Anybody may choose a notebook's
    /// name, so only names of harmless characters are offered.
    static func names(_ notebooks: [NotebookName], beginningWith prefix: String) -> [String] {
        let count = Dictionary(grouping: notebooks, by: \.name).mapValues(\.count)
        return notebooks.compactMap { notebook in
            let hasName = count[notebook.name] == 1 && isHarmless(notebook.name)
            if hasName, notebook.name.hasPrefix(prefix) { return notebook.name }
            // Ids beside names only for whoever has begun one.
            guard !hasName || !prefix.isEmpty else { return nil }
            return notebook.id.hasPrefix(prefix) && isHarmless(notebook.id) ? notebook.id : nil
        }
        .sorted()
    }

    private static func isHarmless(_ text: String) -> Bool {
        guard let first = text.utf8.first, first != UInt8(ascii: "-") else { return false }
        return text.utf8.allSatisfy { byte in
            switch UnicodeScalar(byte) {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": true
            default: false
            }
        }
    }
}
