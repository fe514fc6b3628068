// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import ModelArtsSimulator

@Suite struct SignatureTests {
    struct Vectors: Decodable {
        let vectors: [Vector]
    }

    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        struct Input: Decodable, Sendable {
            let method: String
            let body: String
            let secretKey: String
        }
        let name: String
        let input: Input
        let canonicalRequest: String
        let requestUri: String
        let signedHeaders: [String]
        let sentHeaders: [String: String]

        var testDescription: String { name }

        var request: WireRequest {
            let headers = sentHeaders.map { (name: $0.key, value: $0.value) }
            return WireRequest(
                method: input.method,
                target: requestUri,
                headers: headers,
                body: Array(input.body.utf8)
            )
        }
    }

    struct GoldenRequests: Decodable {
        let secretKeys: [String: String]
        let requests: [Golden]
    }

    struct Golden: Decodable, Sendable, CustomTestStringConvertible {
        let name: String
        let method: String
        let target: String
        let headers: [[String]]
        let body: String
        let signatureVerifiedFromWire: Bool?

        var testDescription: String { "\(name) \(method) \(target)" }

        var request: WireRequest {
            WireRequest(
                method: method,
                target: target,
                headers: headers.map { (name: $0[0], value: $0[1]) },
                body: Array(body.utf8)
            )
        }
    }

    private static func fixture<Value: Decodable>(_ name: String, _ type: Value.Type) throws -> Value {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: Data(contentsOf: url))
    }

    static func vectors() throws -> [Vector] { try fixture("signing-vectors.json", Vectors.self).vectors }

    static func golden() throws -> [Golden] {
        try fixture("golden-requests.json", GoldenRequests.self).requests.filter {
            $0.signatureVerifiedFromWire == true
        }
    }

    @Test func `the fixtures are complete`() throws {
        #expect(try Self.vectors().count == 10)
        #expect(try Self.golden().count == 30)
    }

    @Test(arguments: try vectors())
    func `a vector of the vendor's signer is accepted`(vector: Vector) throws {
        let request = vector.request
        let authorization = try #require(request.header("authorization"))
        let signature = try #require(RequestSignature(authorization: authorization))
        #expect(signature.signedHeaders == vector.signedHeaders)
        let canonical = RequestSignature.canonicalRequest(request, signedHeaders: signature.signedHeaders)
        #expect(canonical == vector.canonicalRequest)
        #expect(signature.isValid(for: request, secret: vector.input.secretKey))
        #expect(!signature.isValid(for: request, secret: vector.input.secretKey + "x"))
    }

    @Test(arguments: try golden())
    func `a recorded request of the vendor's SDK is accepted`(golden: Golden) throws {
        let secrets = try Self.fixture("golden-requests.json", GoldenRequests.self).secretKeys
        let request = golden.request
        let authorization = try #require(request.header("authorization"))
        let signature = try #require(RequestSignature(authorization: authorization))
        let secret = try #require(secrets[signature.accessKey])
        #expect(signature.isValid(for: request, secret: secret))
    }

    @Test func `any changed byte is noticed`() throws {
        let golden = try #require(Self.golden().first { $0.name == "renew_lease_body" })
        let request = golden.request
        let authorization = try #require(request.header("authorization"))
        let signature = try #require(RequestSignature(authorization: authorization))
        let secret = "ExampleSecretKeyForTestVectorsOnly0000001"
        let variants = [
            WireRequest(method: "PUT", target: golden.target, headers: request.headers, body: request.body),
            WireRequest(method: "PATCH", target: golden.target + "x", headers: request.headers, body: request.body),
            WireRequest(method: "PATCH", target: golden.target + "?a=b", headers: request.headers, body: request.body),
            WireRequest(method: "PATCH", target: golden.target, headers: request.headers, body: [0x7b, 0x7d]),
        ]
        for variant in variants { #expect(!signature.isValid(for: variant, secret: secret)) }
    }

    @Test(arguments: ["", "Bearer x", "SDK-HMAC-SHA256", "SDK-HMAC-SHA256 Access=a", "SDK-HMAC-SHA256 a, b, c"])
    func `a malformed header is no signature`(authorization: String) {
        #expect(RequestSignature(authorization: authorization) == nil)
    }
}
