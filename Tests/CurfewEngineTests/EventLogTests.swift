// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import InMemoryLogging
import Logging
import Testing

@testable import CurfewEngine
@testable import FleetSimulation

struct EventLogTests {
    private static let secret = "s3cr3t-token"
    private static let failure = Sample.failure()

    private static var notebook: Notebook {
        var notebook = SimulatedNotebook("trainer").reading
        notebook.access = JupyterAccess(url: "https://trainer.example.com/?token=\(secret)", token: Secret(secret))
        return notebook
    }

    /// A decision with evidence, made by the planner itself.
    private static func decision(_ outcome: Outcome = Sample.idle()) -> Decision {
        var record = NotebookRecord(notebook, readAt: noon, marks: nil)
        record.add(
            Observation(
                source: Sample.jupyter,
                activity: .idle(since: noon - .hours(2)),
                observedAt: noon,
                detail: "2 kernels"
            )
        )
        return Planner.decide(record, policy: Sample.policy(outcome), now: noon)
    }

    private static func stopOrder() -> ActionAttempt.Order? {
        var record = NotebookRecord(notebook, readAt: noon, marks: nil)
        record.add(Observation(source: Sample.jupyter, activity: .idle(since: noon - .hours(2)), observedAt: noon))
        let policy = Sample.policy(Sample.idle())
        let verified = Planner.verify(.stop, record: record, since: noon, policy: policy, holds: [], now: noon)
        if case .stop(let order) = verified { return .stop(order) }
        return nil
    }

    /// Every kind of report, with the level and the id that it must have.
    private static func reports() throws -> [(EngineReport, Logger.Level, MessageID)] {
        let (stop, notebook) = (decision(), notebook)
        let order = try #require(stopOrder())
        let silence = SourceSilence(source: Sample.jupyter, since: noon, why: .noAccess)
        let figure = UsageFigure(
            used: .time(.hours(32)),
            limit: .time(.hours(40)),
            state: .nearlySpent,
            whose: "owner alice",
            within: .week
        )
        return [
            (.sweepFinished(listed: 9, running: 4, took: .seconds(1)), .debug, .sweep),
            (.sweepFailed(failure), .warning, .sweepFailed),
            (.decided(stop, notebook, .enforce), .info, .decided),
            (.decided(stop, notebook, .observe), .notice, .decided),
            (.decided(decision(.exempt), notebook, .observe), .info, .decided),
            (.warned(stop, notebook, .enforce), .notice, .warned),
            (.warned(stop, notebook, .observe), .notice, .warned),
            (.intended(stop, notebook), .notice, .intended),
            (.sent(stop, notebook, order), .notice, .sent),
            (.tryFailed(stop, notebook, "HTTP 503"), .warning, .tryFailed),
            (.becameStuck(stop, notebook, "HTTP 503"), .error, .stuck),
            (.ended(stop, notebook, .confirmed), .notice, .ended),
            (.ended(stop, notebook, .overtaken([.exempt])), .notice, .ended),
            (.ended(stop, notebook, .gone), .info, .ended),
            (.ended(stop, notebook, .abandoned("the daemon is stopping")), .warning, .ended),
            (.ledgerFailed(notebook, "disk full"), .error, .ledgerFailed),
            (.sourceSilent(notebook, silence, isOptional: false), .warning, .sourceSilent),
            (
                .silentNotebooks(SilentNotebooks(source: Sample.jupyter, count: 7, since: noon, why: .noAccess)),
                .warning,
                .silentNotebooks
            ),
            (.implausible(notebook, .openTab(since: noon)), .notice, .implausible),
            (.vanished(notebook), .info, .vanished),
            (.holdBegan(.coldStart(until: nil)), .info, .hold),
            (.holdBegan(.outage(since: noon)), .warning, .hold),
            (.holdBegan(.blind(unknown: 3, of: 4)), .warning, .hold),
            (.holdBegan(.tooManyStops(due: 6, limit: 5)), .error, .hold),
            (.holdEnded(.outage(since: noon)), .notice, .hold),
            (.policyReplaced(rules: 3, mode: .enforce, newlyDue: []), .notice, .policy),
            (.budgetNearlySpent(figure), .notice, .budget),
            (.usageUnknown("disk full"), .warning, .usage),
            (.usageKnown, .notice, .usage),
        ]
    }

    private func write(_ report: EngineReport, level: Logger.Level = .trace) -> [InMemoryLogHandler.Entry] {
        let handler = InMemoryLogHandler()
        var logger = Logger(label: "test") { _ in handler }
        logger.logLevel = level
        EventLog(logger: logger).write(report)
        return handler.entries
    }

    @Test func `each report is one line with its level and its stable id`() throws {
        for (report, level, id) in try Self.reports() {
            let entries = write(report)
            #expect(entries.count == 1, "\(report)")
            #expect(entries.first?.level == level, "\(report)")
            #expect(entries.first?.metadata["message.id"] == "\(id.rawValue)", "\(report)")
        }
    }

    @Test func `I11: no line shows the notebook's address or token`() throws {
        for (report, _, _) in try Self.reports() {
            for entry in write(report) {
                let line = "\(entry.message) \(entry.metadata)"
                #expect(!line.contains(Self.secret), "\(id(of: report))")
                #expect(!line.contains("https://"), "\(id(of: report))")
            }
        }
    }

    private func id(of report: EngineReport) -> String { String(describing: report).prefix(20).description }

    @Test func `I14: an intent tells rule, reasons, evidence and deadline`() throws {
        let entry = try #require(write(.intended(Self.decision(), Self.notebook)).first)
        #expect("\(entry.message)" == "stopping trainer (alice): idle for 2h, budget 1h [rule \"rule 1\"]")
        #expect(entry.metadata["notebook.id"] == "id-trainer")
        #expect(entry.metadata["notebook.name"] == "trainer")
        #expect(entry.metadata["owner"] == "alice")
        #expect(entry.metadata["status"] == "RUNNING")
        #expect(entry.metadata["action"] == "stop")
        #expect(entry.metadata["rule"] == "rule 1")
        #expect(entry.metadata["reason"] == "idle-budget-spent")
        #expect(entry.metadata["deadline"] == "2026-11-20T11:00:00.000Z")
        let evidence = entry.metadata["evidence"].map { "\($0)" } ?? ""
        #expect(evidence.contains("jupyter: idle since 2026-11-20T10:00:00.000Z (2 kernels), looked at"))
    }

    @Test func `observe mode says what would be done`() throws {
        let decided = try #require(write(.decided(Self.decision(), Self.notebook, .observe)).first)
        #expect("\(decided.message)".hasPrefix("would stop trainer (alice)"))
        let warned = try #require(write(.warned(Self.decision(), Self.notebook, .observe)).first)
        #expect("\(warned.message)".hasPrefix("would warn"))
        let enforced = try #require(write(.decided(Self.decision(), Self.notebook, .enforce)).first)
        #expect("\(enforced.message)".hasPrefix("due to stop trainer (alice)"))
    }

    @Test func `a confirmed renewal tells when the lease ends now`() throws {
        var notebook = SimulatedNotebook("kept-a", leaseLeft: .minutes(1))
        let record = NotebookRecord(notebook.reading, readAt: noon, marks: nil)
        let decision = Planner.decide(record, policy: Sample.policy(.keepAlive(KeepAlive())), now: noon)
        notebook.renew(.hours(2), .timing, at: noon)
        let entry = try #require(write(.ended(decision, notebook.reading, .confirmed)).first)
        #expect("\(entry.message)" == "prolonged kept-a (alice): its lease now ends at 2026-11-20T14:00:00.000Z")
    }

    @Test func `a logger that does not want the level gets nothing`() throws {
        #expect(write(.decided(Self.decision(), Self.notebook, .enforce), level: .notice).isEmpty)
        #expect(write(.sweepFinished(listed: 1, running: 1, took: .zero), level: .info).isEmpty)
    }

    @Test func `message ids are unique, in the journal's form, and stay`() {
        let ids = MessageID.allCases.map(\.rawValue)
        #expect(Set(ids).count == ids.count)
        for id in ids { #expect(id.wholeMatch(of: /[0-9a-f]{32}/) != nil, "\(id)") }
        #expect(MessageID.intended.rawValue == "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a03")
    }
}
