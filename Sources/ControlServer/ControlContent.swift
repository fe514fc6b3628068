// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore
import NIOFoundationCompat

/// The JSON of an answer, made once and sent to any number of readers without being copied.
package struct ControlContent: Sendable {
    let buffer: ByteBuffer
    /// Tells this content from any other of the same address, without quotes; nil where nobody can tell.
    let version: String?

    /// Content that is JSON already.
    /// - Parameters:
    ///   - json: A JSON document in UTF-8.
    ///   - version: Printable ASCII without quotes; it becomes the `ETag`.
    package init(json: some Sequence<UInt8>, version: String? = nil) {
        buffer = ByteBuffer(bytes: json)
        self.version = version
    }

    /// A document as compact JSON with sorted keys.
    /// - Throws: `ControlProblem` when it holds what JSON cannot say, such as an infinite number.
    package init(_ document: some Encodable, version: String? = nil) throws(ControlProblem) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            self.init(json: try encoder.encode(document), version: version)
        } catch {
            throw .failed("the answer cannot be written as JSON: \(error)")
        }
    }

    /// How many bytes it has.
    package var count: Int { buffer.readableBytes }
}
