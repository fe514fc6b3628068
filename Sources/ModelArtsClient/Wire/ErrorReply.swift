// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What the body of a refusal says (ModelArts API reference, section 8.1).
///
/// The shapes of ModelArts, of the gateway and of IAM are read; anything else (HTML of a proxy, nothing at all) leaves
/// both parts nil.
struct ErrorReply: Equatable {
    /// `ModelArts.6309`, `APIG.0308`; a number in IAM's shape.
    var code: String?
    /// For people, of unknown origin: to be shown only by way of `ServerText`.
    var message: String?

    private enum Field {
        case code
        case message
        case nested
    }

    private static let keys: JSONKeys<Field> = JSONKeys([
        "error_code": .code, "errorCode": .code, "code": .code, "error_msg": .message, "errorMsg": .message,
        "message": .message, "error_message": .message, "error": .nested,
    ])

    init() {}

    /// Reads a body; never fails, because the status alone says enough.
    init(_ body: [UInt8]) {
        var reader = JSONReader(body)
        var result = ErrorReply()
        do {
            try result.read(&reader)
        } catch {
            // Whatever was read before the form broke is kept: it only ever adds to the status.
        }
        self = result
    }

    private mutating func read(_ reader: inout JSONReader) throws(JSONSyntaxError) {
        guard try reader.enterObject() else { return }
        while let key = try reader.nextKey() {
            switch Self.keys[key] {
            case .code: code = try reader.textOrInteger() ?? code
            case .message: message = try reader.text() ?? message
            case .nested:
                var inner = ErrorReply()
                try inner.read(&reader)
                code = code ?? inner.code
                message = message ?? inner.message
            case nil: try reader.skip()
            }
        }
    }
}

extension JSONReader {
    fileprivate mutating func textOrInteger() throws(JSONSyntaxError) -> String? {
        skipSpace()
        if byte == UInt8(ascii: "\"") { return try text() }
        return try integer().map(String.init)
    }
}
