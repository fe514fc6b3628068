// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport
import Testing

/// What a person types and reads in a session with the running daemon, without what differs from one run to the next.
struct Transcript {
    private(set) var lines: [String] = []
    private let workspace: Workspace

    init(_ workspace: Workspace) { self.workspace = workspace }

    /// Runs a verb and notes what it printed and how it ended; gives its standard output as it was.
    @discardableResult
    mutating func run(_ arguments: String...) async throws -> Data { try await run(arguments) }

    /// The same.
    @discardableResult
    mutating func run(_ arguments: [String]) async throws -> Data {
        let result = try await FinishedProcess.run(
            Repository.product("curfew"),
            arguments + ["--runtime-dir", workspace.runtime.path()],
            environment: ["TZ": "UTC", "LANG": "C.UTF-8", "NO_COLOR": "1"]
        )
        lines.append("$ curfew " + arguments.map(Self.quoted).joined(separator: " "))
        lines += settled(String(decoding: result.output, as: UTF8.self) + result.errors)
        if result.status != 0 { lines.append("(exit \(result.status ?? -1))") }
        lines.append("")
        return result.output
    }

    private static let day = "‹day›"

    private static func quoted(_ argument: String) -> String {
        argument.contains(" ") ? "\"\(argument)\"" : argument
    }

    /// The text in lines, with instants, spans, figures and this machine's names replaced.
    private func settled(_ text: String) -> [String] {
        let changing: [(Regex<Substring>, String)] = [
            (/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?Z?/, "‹time›"),
            (/[A-Z][a-z]{2} \d{4}-\d\d-\d\d/, Self.day),
            (/\d{4}-\d\d-\d\d/, Self.day),
            (/\b\d\d:\d\d(?::\d\d)?\b/, "‹time›"),
            (/\b\d+(?:\.\d+)?(?:d|h|min|ms|s)\b(?: \d+(?:d|h|min|ms|s)\b)*/, "‹span›"),
            (/\d+\.\d+/, "‹figure›"),
            (/[█▉▊▋▌▍▎▏▒░#]+/, "‹bar›"),
            (/[ ]{2,}/, "  "),
        ]
        let user = NSUserName()
        let names = [
            (workspace.folder.path(), "‹folder›/"), ("‹folder›//", "‹folder›/"), ("just now", "‹span› ago"),
            ("by \(user)", "by ‹user›"), ("user \(user)", "user ‹user›"), ("\(user) granted", "‹user› granted"),
        ]
        var text = names.reduce(text) { $0.replacing($1.0, with: $1.1) }
        for (pattern, name) in changing { text.replace(pattern.wordBoundaryKind(.simple), with: name) }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        // A session over midnight has two days.
        let firstDay = lines.firstIndex(of: Self.day)
        return lines.indices.filter { lines[$0] != Self.day || $0 == firstDay }.map { lines[$0] }
    }
}
