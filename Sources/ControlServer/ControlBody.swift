// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import NIOCore
import NIOFoundationCompat

/// The body of a request.
package struct ControlBody: Sendable {
    private let buffer: ByteBuffer

    init(_ buffer: ByteBuffer) {
        self.buffer = buffer
    }

    /// A body of these bytes.
    package init(bytes: some Sequence<UInt8>) {
        buffer = ByteBuffer(bytes: bytes)
    }

    /// Reads the body as a JSON document.
    /// - Throws: A problem that names the key where it went wrong.
    package func decode<Document: Decodable>(_ type: Document.Type) throws(ControlProblem) -> Document {
        do {
            return try JSONDecoder().decode(type, from: buffer)
        } catch let error as DecodingError {
            throw .badRequest("the body is not the JSON that this address takes: \(error.place)")
        } catch {
            throw .badRequest("the body is not the JSON that this address takes: \(error)")
        }
    }
}

extension DecodingError {
    /// What is wrong, and where.
    fileprivate var place: String {
        switch self {
        case .keyNotFound(let key, _): "the key `\(key.stringValue)` is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? context.debugDescription
                : "`\(context.codingPath.map(\.stringValue).joined(separator: "."))`: \(context.debugDescription)"
        @unknown default: "\(self)"
        }
    }
}
