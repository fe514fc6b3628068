// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

#if DEBUG
import CurfewCore
import CurfewEngine
import Foundation
import Synchronization

/// Where a debug build kills itself, named by the environment variable `CURFEW_CRASH_AT`, so that tests can show what a
/// sudden end at each step of an action costs; release builds have none of it.
enum FaultPoint: String, CaseIterable, Sendable {
    case beforeIntent = "before-intent"
    case afterIntent = "after-intent"
    case afterGathering = "after-gathering"
    case beforeCall = "before-call"
    case afterCall = "after-call"
    case afterConfirmation = "after-confirmation"
    case beforeOutcome = "before-outcome"
    case afterOutcome = "after-outcome"

    /// The point that the environment names.
    static func chosen(_ environment: [String: String]) -> FaultPoint? {
        environment["CURFEW_CRASH_AT"].flatMap { FaultPoint(rawValue: $0) }
    }

    /// The same ports, which end the process at this point.
    func built(into ports: EnginePorts) -> EnginePorts {
        let fault = Fault(point: self)
        var ports = ports
        ports.service = FaultyService(service: ports.service, fault: fault)
        ports.ledger = FaultyLedger(ledger: ports.ledger, fault: fault)
        return ports
    }
}

/// Kills the process when its point is reached.
private final class Fault: Sendable {
    private let point: FaultPoint
    private let hasIntent = Atomic(false)
    private let hasCalled = Atomic(false)

    init(point: FaultPoint) {
        self.point = point
    }

    func reached(_ here: FaultPoint) {
        if here == .afterIntent { hasIntent.store(true, ordering: .relaxed) }
        if here == .afterCall { hasCalled.store(true, ordering: .relaxed) }
        guard here == point else { return }
        kill(getpid(), SIGKILL)
    }

    /// A notebook was read on its own: for an action, once there is an intent.
    func read() {
        if hasCalled.load(ordering: .relaxed) {
            reached(.afterConfirmation)
        } else if hasIntent.load(ordering: .relaxed) {
            reached(.afterGathering)
        }
    }
}

private struct FaultyService: NotebookService {
    let service: any NotebookService
    let fault: Fault

    func list(_ handOver: @Sendable ([Notebook]) async -> Void) async throws(ServiceFailure) {
        try await service.list(handOver)
    }

    func notebook(_ id: NotebookID) async throws(ServiceFailure) -> Notebook {
        let notebook = try await service.notebook(id)
        fault.read()
        return notebook
    }

    func lease(of id: NotebookID) async throws(ServiceFailure) -> LeaseReading { try await service.lease(of: id) }

    func renewLease(_ order: RenewalOrder) async throws(ServiceFailure) {
        fault.reached(.beforeCall)
        try await service.renewLease(order)
        fault.reached(.afterCall)
    }

    func stop(_ order: StopOrder) async throws(ServiceFailure) {
        fault.reached(.beforeCall)
        try await service.stop(order)
        fault.reached(.afterCall)
    }
}

private struct FaultyLedger: Ledger {
    let ledger: any Ledger
    let fault: Fault

    func record(_ entries: [LedgerEntry]) async throws {
        let hasIntent = entries.contains { if case .intent = $0.event { true } else { false } }
        let hasOutcome = entries.contains { if case .outcome = $0.event { true } else { false } }
        if hasIntent { fault.reached(.beforeIntent) }
        if hasOutcome { fault.reached(.beforeOutcome) }
        try await ledger.record(entries)
        if hasIntent { fault.reached(.afterIntent) }
        if hasOutcome { fault.reached(.afterOutcome) }
    }

    func recall(now: Timestamp) async throws -> LedgerMemory { try await ledger.recall(now: now) }

    func usage(since: Timestamp) async throws -> UsageMemory { try await ledger.usage(since: since) }
}
#endif
