// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials

/// What a command is told of a notebook; never its address or token, and always every key.
struct CommandQuestion: Encodable, Equatable {
    private let notebook: Notebook
    private let idleBudget: Duration

    init(_ notebook: Notebook, idleBudget: Duration) {
        self.notebook = notebook
        self.idleBudget = idleBudget
    }

    /// The question as JSON in one line.
    var bytes: [UInt8] {
        get throws(ProbeFailure) {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            do {
                return try Array(encoder.encode(self)) + [UInt8(ascii: "\n")]
            } catch {
                throw ProbeFailure(.cannotTell("the notebook cannot be written as JSON"))
            }
        }
    }

    /// Nil where they cannot be read.
    private var tags: [String: String]? {
        if case .known(let tags) = notebook.tags { tags } else { nil }
    }

    private enum Key: String, CodingKey {
        case id, name, status, owner, ownerID, workspace, flavor, image, imageID, pool, poolID, feature, tags
        case description, idleBudgetSeconds
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(notebook.id.text, forKey: .id)
        try container.encode(notebook.name, forKey: .name)
        try container.encode(notebook.status.description, forKey: .status)
        // What is not known is null, so that a script finds every key.
        try container.encode(notebook.owner.name, forKey: .owner)
        try container.encode(notebook.owner.id, forKey: .ownerID)
        try container.encode(notebook.workspaceID, forKey: .workspace)
        try container.encode(notebook.flavor, forKey: .flavor)
        try container.encode(notebook.image?.name, forKey: .image)
        try container.encode(notebook.image?.id, forKey: .imageID)
        try container.encode(notebook.pool?.name, forKey: .pool)
        try container.encode(notebook.pool?.id, forKey: .poolID)
        try container.encode(notebook.feature, forKey: .feature)
        try container.encode(tags, forKey: .tags)
        try container.encode(notebook.note, forKey: .description)
        try container.encode(idleBudget / .seconds(1), forKey: .idleBudgetSeconds)
    }
}
