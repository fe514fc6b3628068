// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// A whole request.
struct Request: Sendable {
    let head: HTTPRequestHead
    let body: ByteBuffer
    let peer: Peer

    /// The address before its query.
    var path: Substring { head.uri.prefix { $0 != "?" } }

    /// What stands behind the question mark.
    var query: Substring { head.uri[path.endIndex...].dropFirst() }
}
