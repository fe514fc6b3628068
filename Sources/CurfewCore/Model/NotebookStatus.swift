// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What the cloud says a notebook is doing (the 14 values of ModelArts, and whatever it may invent later).
package enum NotebookStatus: Hashable, Sendable {
    case initializing
    case creating
    case starting
    case running
    case snapshotting
    case stopping
    case stopped
    case deleting
    case deleted
    case frozen
    case createFailed
    case startFailed
    case deleteFailed
    case error
    /// A word that no document lists; a notebook in it is left alone.
    case unrecognized(String)

    /// Whether the notebook computes, and so can be prolonged or stopped.
    package var isRunning: Bool { self == .running }

    /// Whether the notebook has stopped computing, or is certain to, so that a stop needs nothing more.
    package var isStoppedOrStopping: Bool {
        switch self {
        case .stopping, .stopped, .deleting, .deleted: true
        default: false
        }
    }
}

extension NotebookStatus: CustomStringConvertible {
    private static let words: [(NotebookStatus, String)] = [
        (.initializing, "INIT"), (.creating, "CREATING"), (.starting, "STARTING"), (.running, "RUNNING"),
        (.snapshotting, "SNAPSHOTTING"), (.stopping, "STOPPING"), (.stopped, "STOPPED"), (.deleting, "DELETING"),
        (.deleted, "DELETED"), (.frozen, "FROZEN"), (.createFailed, "CREATE_FAILED"), (.startFailed, "START_FAILED"),
        (.deleteFailed, "DELETE_FAILED"), (.error, "ERROR"),
    ]

    private static let byWord = Dictionary(uniqueKeysWithValues: words.map { ($0.1, $0.0) })
    private static let byStatus = Dictionary(uniqueKeysWithValues: words)

    /// Reads the API's word, whatever its case.
    package init(word: String) {
        self = Self.byWord[word] ?? Self.byWord[word.uppercased()] ?? .unrecognized(word)
    }

    /// The API's word, such as `RUNNING`.
    package var description: String {
        if case .unrecognized(let word) = self { return word }
        return Self.byStatus[self] ?? "UNKNOWN"
    }
}
