// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

/// The vendor's own SDK as a client: the fake cloud is held to somebody who does not know it.
@Suite(.timeLimit(.minutes(20)))
struct VendorSDKTests {
    private struct Check: Decodable {
        let check: String
        let ok: Bool
        let detail: String?
    }

    @Test
    func `the vendor's SDK lists, shows, prolongs, stops, starts and signs as documented`() async throws {
        let now = SimulatorTime.system.now()
        var scenario = Scenario.generated(count: 27, seed: 3, start: now)
        // So that the SDK sees a whole stop and start without waiting for minutes.
        scenario.settings.stopDelay = 300
        scenario.settings.startDelay = 300
        let identity = SimulatorCredentials().user
        for index in scenario.notebooks.indices.prefix(5) {
            scenario.notebooks[index].owner = NotebookOwner(name: identity)
            scenario.notebooks[index].status = .running
        }
        try await withRunningSimulator(scenario, time: .system) { simulator in
            let home = FileManager.default.temporaryDirectory.appending(path: "curfew-sdk-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: home) }
            let access = String(decoding: try JSONEncoder().encode(simulator.access), as: UTF8.self)
            let result = try await FinishedProcess.run(
                try Repository.python(),
                [Repository.script("vendor_sdk.py"), access],
                environment: ["HOME": home.path()]
            )
            let checks = try result.output.split(separator: UInt8(ascii: "\n")).map {
                try JSONDecoder().decode(Check.self, from: $0)
            }
            for check in checks { #expect(check.ok, "\(check.check): \(check.detail ?? "")") }
            #expect(result.status == 0, "\(result.errors)")
            #expect(checks.count >= 40)
            #expect(simulator.cloud.records.count { $0.operation == .renewLease && $0.status == 200 } >= 7)
        }
    }
}
