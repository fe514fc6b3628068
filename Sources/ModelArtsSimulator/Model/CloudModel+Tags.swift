// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension CloudModel {
    /// Adds tags; a key that exists gets the new value.
    package mutating func addTags(_ tags: [SimulatedNotebook.Tag], to id: String, now: Int64) throws(APIError) {
        let index = try locate(id, now: now)
        for tag in tags {
            guard Self.isValidKey(tag.key), tag.value.unicodeScalars.count <= 255 else {
                throw .badPayload("The tag \(tag.key) is not valid.")
            }
        }
        change(index, now: now) { notebook in
            for tag in tags {
                notebook.tags.removeAll { $0.key == tag.key }
                notebook.tags.append(tag)
            }
        }
    }

    /// Removes tags by key; unknown keys are ignored.
    package mutating func removeTags(_ keys: [String], from id: String, now: Int64) throws(APIError) {
        let index = try locate(id, now: now)
        change(index, now: now) { notebook in
            notebook.tags.removeAll { keys.contains($0.key) }
        }
    }

    /// All tags of the project: the values of each key, both sorted.
    package mutating func projectTags(now: Int64) -> [(key: String, values: [String])] {
        advance(to: now)
        var values: [String: Set<String>] = [:]
        for tag in all.flatMap(\.tags) { values[tag.key, default: []].insert(tag.value) }
        return values.keys.sorted().map { ($0, values[$0, default: []].sorted()) }
    }

    private static func isValidKey(_ key: String) -> Bool {
        let scalars = key.unicodeScalars
        guard (1...128).contains(scalars.count), scalars.first != " ", scalars.last != " " else { return false }
        guard !key.hasPrefix("_sys_") else { return false }
        let marks: Set<Unicode.Scalar> = [" ", "_", ".", ":", "=", "+", "-", "@"]
        return scalars.allSatisfy { scalar in
            marks.contains(scalar) || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }
    }
}
