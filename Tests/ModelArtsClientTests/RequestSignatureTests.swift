// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Foundation
import Testing

@testable import ModelArtsClient

/// One vector made by the vendor's own signer.
struct SigningVector: Decodable, CustomTestStringConvertible {
    struct Input: Decodable {
        let method: String
        let path: String
        let headers: [String: String]
        let body: String
        let accessKey: String
        let secretKey: String
        let projectId: String?
        let securityToken: String?
    }

    let name: String
    let input: Input
    let canonicalRequest: String
    let stringToSign: String
    let authorization: String
    let requestUri: String
    let sentHeaders: [String: String]

    var testDescription: String { name }

    var signature: RequestSignature {
        let signed = ["host", "content-type", "user-agent", "x-project-id", "x-sdk-date", "x-security-token"]
        let headers = sentHeaders.map { (name: $0.key.lowercased(), value: $0.value) }
            .filter { signed.contains($0.name) }
        let query = requestUri.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
        return RequestSignature(
            method: input.method,
            path: input.path,
            query: query,
            headers: headers,
            body: Array(input.body.utf8)
        )
    }

    /// All but the one for a body that is no JSON, which this client never sends.
    static let all: [SigningVector] = {
        struct File: Decodable {
            let vectors: [SigningVector]
        }
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/signing-vectors.json")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        guard
            let data = try? Data(contentsOf: url), let file = try? decoder.decode(File.self, from: data)
        else { return [] }
        return file.vectors.filter { $0.name != "non_json_body_unsigned_payload" }
    }()
}

@Suite struct RequestSignatureTests {
    @Test func `the vectors are there`() {
        #expect(SigningVector.all.count == 9)
    }

    @Test(arguments: SigningVector.all)
    func `a request is signed as the vendor's own signer does`(_ vector: SigningVector) {
        let signature = vector.signature
        #expect(signature.canonicalRequest == vector.canonicalRequest)
        #expect(signature.stringToSign == vector.stringToSign)
        let authorization = signature.authorization(
            id: Secret(vector.input.accessKey),
            secret: Secret(vector.input.secretKey)
        )
        #expect(authorization == vector.authorization)
    }

    @Test func `a query is encoded as the vendor's own signer does`() {
        #expect(
            PercentEncoding.encode("训练+test:a=b/ü~1 |,")
                == "%E8%AE%AD%E7%BB%83%2Btest%3Aa%3Db%2F%C3%BC~1%20%7C%2C"
        )
    }

    @Test func `the date is written without separators`() {
        #expect(RequestSignature.date(Timestamp(milliseconds: 1_772_366_400_999)) == "20260301T120000Z")
    }
}
