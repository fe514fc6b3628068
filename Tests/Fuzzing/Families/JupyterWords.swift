// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// What a list of kernels or terminals, or a status, says for certain, read anew from the document.
///
/// Where an object has a key twice, it is certain only that one of the two counts.
struct JupyterWords {
    private let parts: [JSONTree]

    /// Nil when the bytes are no such document, or one part of it has no time or no state that can be read.
    init?(_ body: [UInt8]) {
        guard let tree = JSONParser.parse(Self.withoutMark(body), by: .notebook) else { return nil }
        guard let elements = tree.elements else {
            guard tree.isObject else { return nil }
            parts = []
            return
        }
        guard elements.allSatisfy({ !Self.uses($0).isEmpty }) else { return nil }
        parts = elements
    }

    /// The latest instant before which some part was certainly used.
    var latestUse: Timestamp { parts.compactMap { Self.uses($0).min() }.max() ?? .distantPast }

    /// Whether no kernel certainly is in use.
    func mayAllBeIdle(_ settings: JupyterSettings) -> Bool {
        parts.allSatisfy { part in
            part.all("execution_state").contains { state in
                switch state.string {
                case "idle", "dead": true
                case "starting", "restarting": Self.uses(part).contains { CaseTime.start - $0 >= .seconds(300) }
                case "busy": !settings.busyKernelIsActive
                default: false
                }
            }
        }
    }

    private static func uses(_ part: JSONTree) -> [Timestamp] {
        part.all("last_activity").compactMap { $0.string.flatMap { Timestamp(rfc3339: $0) } }
    }

    private static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }
}
