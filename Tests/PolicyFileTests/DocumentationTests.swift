// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import PolicyFile
import Testing

@Suite("docs/policy.md is complete, and its examples are true")
struct DocumentationTests {
    /// The text below the heading of a section, up to the next one.
    private func page(_ section: Section) throws -> Substring {
        let text = try Repository.text(Repository.documentation)
        let heading = try #require(text.range(of: "\n## \(section.rawValue)\n"), "no heading ## \(section.rawValue)")
        let rest = text[heading.upperBound...]
        return rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)]
    }

    /// The rows of its tables that begin with a key: the cells.
    private func rows(_ section: Section) throws -> [[String]] {
        try page(section).split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            // A bar inside a cell is written as `\|`.
            line.dropFirst().dropLast().replacing("\\|", with: "/").split(
                separator: "|",
                omittingEmptySubsequences: false
            )
            .map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    /// The YAML examples.
    private func examples(_ section: Section) throws -> [String] {
        try page(section).split(separator: "```yaml\n").dropFirst().compactMap { part in
            part.range(of: "```").map { String(part[..<$0.lowerBound]) }
        }
    }

    @Test(arguments: Section.allCases)
    func `every key has its type, its default and its meaning`(section: Section) throws {
        let columns = section == .match ? 3 : 4
        for row in try rows(section) {
            #expect(row.count == columns, "\(section.rawValue): \(row)")
            #expect(row.allSatisfy { !$0.isEmpty }, "\(section.rawValue): \(row)")
            #expect(row.last?.hasSuffix(".") == true, "\(section.rawValue): \(row)")
        }
    }

    @Test(arguments: Section.allCases)
    func `every key stands in an example`(section: Section) throws {
        let text = try examples(section).joined(separator: "\n")
        for key in section.keys {
            let uses = text.matches(of: try Regex("(?:^|[\\s{,])\(key):(?:\\s|$)").anchorsMatchLineEndings())
            #expect(!uses.isEmpty, "\(section.rawValue).\(key) is in no example")
        }
    }

    @Test(arguments: Section.allCases)
    func `every example loads, with what it leaves out of the rest of the policy`(section: Section) throws {
        let rest = [
            ("version", "1"), ("service", "{kind: modelarts, region: eu-de, projectID: p}"),
            ("evidence", "{jupyter: {kind: jupyter}}"), ("rules", "[{name: a, exempt: true}]"),
        ]
        let examples = try examples(section)
        #expect(!examples.isEmpty)
        for example in examples {
            let missing = rest.filter { key, _ in
                !example.split(separator: "\n").contains { $0.hasPrefix("\(key):") }
            }
            let load = load(missing.map { "\($0.0): \($0.1)\n" }.joined() + example)
            #expect(load.policy != nil, "\(load.lines.joined(separator: "\n"))\n\(example)")
        }
    }

    @Test func `the first line of the example names the schema beside it, which an editor reads`() throws {
        let line = try Repository.text(Repository.examplePolicy).prefix { $0 != "\n" }
        #expect(line == "# yaml-language-server: $schema=policy.schema.json")
    }

    @Test func `the schema gives each key a description, and a default or an example where its values are not listed`()
        throws
    {
        let root = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: Repository.schema)) as? [String: Any]
        )
        let definitions = try #require(root["$defs"] as? [String: Any])
        for (place, definition) in definitions.merging(["policy": root], uniquingKeysWith: { $1 }) {
            let properties = (definition as? [String: Any])?["properties"] as? [String: Any] ?? [:]
            for (key, value) in properties {
                let property = try #require(value as? [String: Any], "\(place).\(key)")
                let reference = (property["$ref"] as? String)?.split(separator: "/").last.map(String.init)
                let target = reference.flatMap { definitions[$0] as? [String: Any] } ?? [:]
                #expect(property["description"] ?? target["description"] != nil, "\(place).\(key)")
                let helps = ["default", "examples", "enum", "const", "anyOf", "properties", "additionalProperties"]
                #expect(helps.contains { property[$0] ?? target[$0] != nil }, "\(place).\(key)")
            }
        }
    }
}
