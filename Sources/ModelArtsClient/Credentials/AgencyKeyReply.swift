// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore

/// The temporary keys in a reply of the metadata service (ModelArts API reference, section 10.3).
struct AgencyKeyReply {
    let identity: Identity
    let expiresAt: Timestamp

    private enum Field {
        case credential
        case id
        case secret
        case securityToken
        case expiresAt
    }

    private static let keys: JSONKeys<Field> = JSONKeys([
        "credential": .credential, "access": .id, "secret": .secret, "securitytoken": .securityToken,
        "expires_at": .expiresAt,
    ])

    /// Reads a body; nil unless it is JSON, and keys, token and expiry are all there and can stand in a header.
    init?(_ body: [UInt8]) {
        var texts: [Field: String] = [:]
        do {
            var reader = JSONReader(body)
            try Self.read(&reader, into: &texts)
            try reader.finish()
        } catch {
            return nil
        }
        guard
            let id = texts[.id], let secret = texts[.secret], let securityToken = texts[.securityToken],
            [id, secret, securityToken].allSatisfy({ text in
                !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            }),
            let expiresAt = texts[.expiresAt].flatMap({ Timestamp(rfc3339: $0) })
        else { return nil }
        self.expiresAt = expiresAt
        identity = .keys(id: Secret(id), secret: Secret(secret), securityToken: Secret(securityToken))
    }

    private static func read(_ reader: inout JSONReader, into texts: inout [Field: String]) throws(JSONSyntaxError) {
        guard try reader.enterObject() else { return }
        while let key = try reader.nextKey() {
            switch keys[key] {
            case .credential: try read(&reader, into: &texts)
            case let field?: texts[field] = try reader.text()
            case nil: try reader.skip()
            }
        }
    }
}
