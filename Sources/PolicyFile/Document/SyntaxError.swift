// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import Yams

/// What the YAML parser refused, in the terms of this loader.
enum SyntaxError: Error {
    /// A problem that ends the parsing.
    case malformed(Place, String)
    /// A key that its mapping has more than once; the place is one of its occurrences.
    case duplicateKey(Place, String)

    init(_ error: any Error, in text: String) {
        guard let error = error as? YamlError else {
            self = .malformed(.start, "the file cannot be read as YAML: \(Quoted.plain("\(error)"))")
            return
        }
        switch error {
        case .scanner(let context?, _, _, _) where context.text.contains("an alias"):
            self = .malformed(Place(context.mark), Self.aliasMessage)
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
            let during = context.map { "\($0.text) that begins at \($0.mark.line):\($0.mark.column), " } ?? ""
            self = .malformed(Place(mark), "not valid YAML: \(during)\(problem)" + Self.hint(for: problem))
        case .composer(_, let problem, let mark, _) where problem.contains("another document"):
            self = .malformed(
                Place(mark),
                "a second document begins here; a policy file holds one, so remove the `---` line"
            )
        case .composer(_, let problem, let mark, _) where problem.contains("undefined alias"):
            self = .malformed(Place(mark), Self.aliasMessage)
        case .composer(_, let problem, let mark, _):
            self = .malformed(Place(mark), "not valid YAML: \(problem)")
        case .reader(let problem, let offset, _, _):
            self = .malformed(Place(offset: offset ?? 0, in: text), "not valid YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            self = .duplicateKey(Place(context.mark), duplicates.first ?? "")
        default:
            self = .malformed(.start, "the file cannot be read as YAML")
        }
    }

    private static let aliasMessage =
        "a `*` here is a YAML alias, which policies do not have; put a glob into quotes, as in \"*.gpu.*\" or \"[ab]*\""

    private static func hint(for problem: String) -> String {
        hints.first { problem.contains($0.problem) }.map { "; \($0.hint)" } ?? ""
    }

    /// What to look for, by a part of the parser's own words.
    private static let hints: [(problem: String, hint: String)] = [
        ("cannot start any token", "indent with spaces, not tabs, and put texts that begin with @, % or ` into quotes"),
        ("tab character", "indent with spaces, not tabs"),
        ("mapping values are not allowed", "look for a missing quote or wrong indentation"),
        ("could not find expected ':'", "write a space behind each colon, as in `key: value`"),
        ("expected ',' or", "a comma is missing, or the end of a `[…]` or `{…}`"),
        ("expected '-' indicator", "begin each entry of a list with `- `, all in one column"),
        ("did not find expected key", "look for wrong indentation, or for quotes inside quotes"),
        ("end of stream", "a quote, a `[` or a `{` has no end"),
        ("unknown escape character", "put a text with a backslash into single quotes"),
        ("expected node content", "look for a comma or a bracket too many"),
    ]
}

extension Place {
    init(_ mark: Mark?) {
        self.init(line: max(1, mark?.line ?? 1), column: max(1, mark?.column ?? 1))
    }

    /// The place of the character at an offset, both counted in characters.
    fileprivate init(offset: Int, in text: String) {
        var line = 1
        var column = 1
        for character in text.prefix(offset) {
            if character.isNewline {
                line += 1
                column = 1
            } else {
                column += character.unicodeScalars.count
            }
        }
        self.init(line: line, column: column)
    }
}
