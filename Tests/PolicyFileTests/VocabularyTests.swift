// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import PolicyFile
import Testing

@Suite("Vocabulary: one table of keys for loader, schema and documentation")
struct VocabularyTests {
    @Test func `the specimen of all sections is a good policy`() {
        #expect(load(SpecimenPolicy().text).lines == [])
    }

    @Test(arguments: Section.allCases)
    func `every key of the table is read: nonsense in it is an error`(section: Section) {
        for key in section.keys {
            let load = load(SpecimenPolicy().setting(key, "[[]]", in: section).text)
            #expect(load.policy == nil, "\(section.rawValue).\(key) is accepted with nonsense in it")
            #expect(!load.lines.contains { $0.contains("unknown key") }, "\(section.rawValue).\(key)")
        }
    }

    @Test(arguments: Section.allCases)
    func `D14: a key outside the table is an error in every section`(section: Section) {
        let load = load(SpecimenPolicy().setting("qqqqqqqq", "1", in: section).text)
        #expect(load.policy == nil)
        #expect(load.lines.contains { $0.contains("error: unknown key `qqqqqqqq`") })
    }

    @Test(arguments: Section.allCases)
    func `the documentation has a table of exactly the keys of each section`(section: Section) throws {
        let rows = try #require(try documentedKeys()[section.rawValue], "no heading ## \(section.rawValue)")
        #expect(rows.sorted() == section.keys.sorted())
    }

    @Test(arguments: Section.allCases)
    func `the schema has exactly the keys of each section and no others pass`(section: Section) throws {
        let root = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: Repository.schema)) as? [String: Any]
        )
        let definitions = try #require(root["$defs"] as? [String: Any])
        let definition = section == .policy ? root : try #require(definitions[section.rawValue] as? [String: Any])
        let properties = try #require(definition["properties"] as? [String: Any])
        #expect(properties.keys.sorted() == section.keys.sorted())
        #expect(definition["additionalProperties"] as? Bool == false)
        for (key, value) in properties {
            let property = try #require(value as? [String: Any])
            let reference = (property["$ref"] as? String)?.split(separator: "/").last.map(String.init)
            let target = reference.flatMap { definitions[$0] as? [String: Any] }
            #expect(property["description"] != nil || target?["description"] != nil, "\(section.rawValue).\(key)")
        }
    }

    /// The keys in the first column of the tables, by heading.
    private func documentedKeys() throws -> [String: [String]] {
        var result: [String: [String]] = [:]
        var heading = ""
        for line in try Repository.text(Repository.documentation).split(separator: "\n") {
            if line.hasPrefix("## ") {
                heading = String(line.dropFirst(3))
                result[heading] = []
            } else if line.hasPrefix("| `"), let end = line.dropFirst(3).firstIndex(of: "`") {
                result[heading]?.append(String(line.dropFirst(3)[..<end]))
            }
        }
        return result
    }
}
