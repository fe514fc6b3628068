// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials

/// What a Jupyter server says of itself, of its kernels and of its terminals.
///
/// Seen at Jupyter Server 2.21.1. A missing part is never filled in: whoever needs it has to treat its absence as
/// unknown (D3, D4, D13).
struct JupyterReplies: Sendable, Equatable {
    var status: Status
    var kernels: [Kernel]
    /// Empty where terminals are switched off, or where they do not count.
    var terminals: [Terminal]

    /// `GET api/status`.
    struct Status: Sendable, Equatable {
        /// Needed only where there is no kernel and no terminal.
        var lastActivity: Timestamp?
        var startedAt: Timestamp?
        var connections: Int?
    }

    /// One element of `GET api/kernels`.
    struct Kernel: Sendable, Equatable {
        var id: String
        var state: String
        var lastActivity: Timestamp
    }

    /// One element of `GET api/terminals`.
    struct Terminal: Sendable, Equatable {
        var name: String
        var lastActivity: Timestamp
    }
}

extension JupyterReplies.Status: Decodable {
    private enum Key: String, CodingKey {
        case lastActivity = "last_activity"
        case startedAt = "started"
        case connections
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        lastActivity = try container.instantIfPresent(.lastActivity)
        startedAt = try container.instantIfPresent(.startedAt)
        connections = try container.decodeIfPresent(Int.self, forKey: .connections)
    }
}

extension JupyterReplies.Kernel: Decodable {
    private enum Key: String, CodingKey {
        case id
        case state = "execution_state"
        case lastActivity = "last_activity"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        id = try container.decode(String.self, forKey: .id)
        state = try container.decode(String.self, forKey: .state)
        lastActivity = try container.instant(.lastActivity)
    }
}

extension JupyterReplies.Terminal: Decodable {
    private enum Key: String, CodingKey {
        case name
        case lastActivity = "last_activity"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        name = try container.decode(String.self, forKey: .name)
        lastActivity = try container.instant(.lastActivity)
    }
}

extension KeyedDecodingContainer {
    fileprivate func instant(_ key: Key) throws -> Timestamp {
        guard let instant = Timestamp(rfc3339: try decode(String.self, forKey: key)) else {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "no instant with an offset")
        }
        return instant
    }

    fileprivate func instantIfPresent(_ key: Key) throws -> Timestamp? {
        guard contains(key), try !decodeNil(forKey: key) else { return nil }
        return try instant(key)
    }
}
