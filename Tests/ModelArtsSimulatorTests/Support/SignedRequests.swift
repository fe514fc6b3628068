// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation

@testable import ModelArtsSimulator

/// Requests as a client would sign them; written from the reference alone, without the code under test.
struct Signer {
    var accessKey: String
    var secretKey: String
    var securityToken: String?
    var host = "127.0.0.1:1"

    init(_ credentials: SimulatorCredentials = SimulatorCredentials()) {
        accessKey = credentials.accessKey
        secretKey = credentials.secretKey
    }

    init(_ access: SimulatorAccess) {
        accessKey = access.accessKey
        secretKey = access.secretKey
        host = String(access.endpoint.dropFirst("http://".count))
    }

    /// Signs a request whose path needs no encoding and whose query is sorted and encoded already.
    func sign(_ method: String, _ target: String, body: String = "", now: Int64) -> WireRequest {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "yyyyMMdd'T'HHmmss'Z'"
        let date = formatter.string(from: Date(timeIntervalSince1970: Double(now) / 1000))
        var headers = [("host", host), ("x-sdk-date", date)]
        if let securityToken { headers.append(("x-security-token", securityToken)) }
        let names = headers.map(\.0).joined(separator: ";")
        let parts = target.split(separator: "?", maxSplits: 1)
        let canonical = """
            \(method)
            \(parts[0])/
            \(parts.count > 1 ? String(parts[1]) : "")
            \(headers.map { "\($0):\($1)\n" }.joined())
            \(names)
            \(hex(SHA256.hash(data: Data(body.utf8))))
            """
        let text = "SDK-HMAC-SHA256\n\(date)\n\(hex(SHA256.hash(data: Data(canonical.utf8))))"
        let key = SymmetricKey(data: Data(secretKey.utf8))
        let signature = hex(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
        headers.append(
            ("Authorization", "SDK-HMAC-SHA256 Access=\(accessKey), SignedHeaders=\(names), Signature=\(signature)")
        )
        return WireRequest(method: method, target: target, headers: headers.map { ($0, $1) }, body: Array(body.utf8))
    }

    private func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

/// A cloud without a server, and a client that signs.
struct CloudBench {
    let clock: ManualTime
    let cloud: SimulatedCloud
    var signer = Signer()

    init(
        _ notebooks: [ScenarioNotebook] = [],
        settings: CloudSettings = CloudSettings(),
        clock: ManualTime = ManualTime()
    ) {
        self.clock = clock
        let scenario = Scenario(start: clock.now, settings: settings, notebooks: notebooks)
        cloud = SimulatedCloud(scenario: scenario, time: clock.time)
    }

    /// Sends a signed request below the project.
    func send(_ method: String, _ target: String, body: String = "") -> WireAnswer {
        let path = "/v1/\(cloud.credentials.projectID)" + target
        return cloud.respond(to: signer.sign(method, path, body: body, now: clock.now))
    }

    /// Sends a request as it is.
    func sendPlain(
        _ method: String,
        _ target: String,
        headers: [(name: String, value: String)] = [],
        body: String = ""
    ) -> WireAnswer {
        cloud.respond(to: WireRequest(method: method, target: target, headers: headers, body: Array(body.utf8)))
    }
}

extension WireAnswer {
    func header(_ name: String) -> String? { headers.first { $0.name.lowercased() == name.lowercased() }?.value }

    /// The body as a JSON object.
    var object: [String: Any] {
        get throws { try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] ?? [:] }
    }

    /// The body as a JSON array of objects.
    var objects: [[String: Any]] {
        get throws { try JSONSerialization.jsonObject(with: Data(body)) as? [[String: Any]] ?? [] }
    }

    var errorCode: String? { try? object["error_code"] as? String }

    var text: String { String(decoding: body, as: UTF8.self) }
}

/// A running notebook with a lease of one hour, created and started at that moment.
func runningNotebook(
    _ name: String = "nb-a",
    at instant: Int64 = Moment.morning,
    _ change: (inout ScenarioNotebook) -> Void = { _ in }
) -> ScenarioNotebook {
    ScenarioNotebook(name, owner: "alice", createdAt: instant).with(change)
}
