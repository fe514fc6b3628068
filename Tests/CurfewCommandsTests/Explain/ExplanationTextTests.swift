// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ControlProtocol
import CurfewCore
import FoundationEssentials
import TestSupport
import Testing

@testable import CurfewCommands

struct ExplanationTextTests {
    private static let noon = SampleDecision.noon
    private static let jupyter = EvidenceName("jupyter")
    private static let zone = TimeZone(secondsFromGMT: 3_600) ?? .gmt
    private static let marks = MarkSettings(tag: "keep-alive", longest: .seconds(14 * 86_400))

    private static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }

    private static func policy(_ mode: Policy.Mode = .enforce) throws -> Policy {
        let idle = IdleBudget(
            budget: minutes(60),
            evidence: EvidenceRequirement(sources: [.init(source: jupyter)]),
            warn: minutes(10)
        )
        let bob = Selector([.owner([try Glob("bob"), try Glob("carol")])])
        return Policy(
            mode: mode,
            service: ServiceSettings(endpoint: "https://modelarts.example.com", projectID: "p"),
            evidence: [EvidenceSource(name: jupyter, kind: .jupyter(JupyterSettings()))],
            marks: marks,
            rules: [
                Rule(name: "release trainers", match: bob, outcome: .keepAlive(KeepAlive())),
                Rule(name: "asked for by the user", match: Selector([.marked(true)]), outcome: .keepAlive(KeepAlive())),
                Rule(name: "everyone else", outcome: .idle(idle)),
                Rule(name: "too late", outcome: .stop(warn: nil)),
            ]
        )
    }

    private static func record(
        _ look: Activity = .idle(since: noon - minutes(20)),
        _ change: (inout Notebook) -> Void = { _ in }
    ) -> NotebookRecord {
        var notebook = SampleDecision.notebook(leaseLeft: minutes(600))
        change(&notebook)
        var record = NotebookRecord(notebook, readAt: noon - minutes(5), marks: marks)
        record.add(
            Observation(source: jupyter, activity: look, observedAt: noon - .seconds(12), detail: "kernel 8954 idle")
        )
        return record
    }

    private func lines(
        _ record: NotebookRecord,
        mode: Policy.Mode = .enforce,
        holds: [HoldInForce] = [],
        width: Int? = 80,
        _ change: (inout ExplanationDocument.Setting) -> Void = { _ in }
    ) throws -> [String] {
        let explanation = Explanation(record, policy: try Self.policy(mode), holds: holds, now: Self.noon)
        var setting = ExplanationDocument.Setting(
            generatedAt: Self.noon,
            at: nil,
            policy: "/etc/curfew/policy.yaml",
            isLive: true,
            recorded: nil
        )
        change(&setting)
        let document = ExplanationDocument(explanation, setting)
        return ExplanationText(document, zone: Self.zone, terminal: Terminal(width: width)).lines
    }

    @Test
    func `a notebook that will be stopped`() throws {
        try GoldenText.expect(try lines(Self.record()), "explain-idle")
    }

    @Test
    func `on a wide terminal each thing has one line`() throws {
        try GoldenText.expect(try lines(Self.record(), width: nil), "explain-idle-wide")
    }

    @Test
    func `a stop that is held back, under a policy that observes`() throws {
        let hold = HoldInForce(.coldStart(until: Self.noon + Self.minutes(3)), since: Self.noon - Self.minutes(2))
        var record = Self.record(.idle(since: Self.noon - Self.minutes(90)))
        record.warning = Warning(rule: "everyone else", givenAt: Self.noon - Self.minutes(15))
        try GoldenText.expect(try lines(record, mode: .observe, holds: [hold]), "explain-held")
    }

    @Test
    func `a notebook that its mark keeps`() throws {
        let record = Self.record { $0.tags = ["keep-alive": "2026-11-25"] }
        try GoldenText.expect(try lines(record), "explain-marked")
    }

    @Test
    func `I1: a notebook whose tags cannot be read`() throws {
        try GoldenText.expect(try lines(Self.record { $0.tags = .unreadable }), "explain-unreadable")
    }

    @Test
    func `D1: a notebook that cannot be looked into`() throws {
        let record = Self.record(.unknown(.unreachable("connect timeout")))
        try GoldenText.expect(try lines(record), "explain-unknown")
    }

    @Test
    func `a notebook that is off, with what was done to it`() throws {
        let name = RecordedAction.Subject(id: NotebookID("1111"), name: "trainer")
        let warning = RecordedAction(
            .warn,
            notebook: name,
            rule: "everyone else",
            state: .done,
            decidedAt: Self.noon - Self.minutes(1_510),
            detail: "to be stopped at \(Self.noon - Self.minutes(1_500)) unless it is used"
        )
        let stop = RecordedAction(
            .stop,
            notebook: name,
            rule: "everyone else",
            reasons: [.init(code: "idle-budget-spent", text: "idle for 1h 3min, budget 1h")],
            state: .confirmed,
            decidedAt: Self.noon - Self.minutes(1_500),
            endedAt: Self.noon - Self.minutes(1_499)
        )
        let keep = RecordedAction(
            .keep,
            notebook: name,
            state: .done,
            decidedAt: Self.noon - Self.minutes(30),
            detail: "until \(Self.noon + Self.minutes(600)): release 4.2",
            person: "alice"
        )
        let lines = try lines(Self.record { $0.status = .stopped }) {
            $0.recorded = RecordedPast(actions: [warning, stop, keep], isWatched: true)
        }
        try GoldenText.expect(lines, "explain-stopped")
    }

    @Test
    func `a past instant says by what it is judged`() throws {
        let lines = try lines(Self.record()) {
            ($0.at, $0.generatedAt, $0.isLive) = (Self.noon, Self.noon + Self.minutes(600), false)
            $0.recorded = RecordedPast(isWatched: false)
        }
        try GoldenText.expect(lines, "explain-past")
    }

    @Test(arguments: [40, 60, 80, 120])
    func `no line is wider than the terminal, and none holds what a name may smuggle in`(width: Int) throws {
        let record = Self.record { notebook in
            notebook.name = "训练任务-\u{1B}[31m🚀" + String(repeating: "很", count: 20)
            notebook.owner.name = "李\n雷"
            notebook.flavor = "modelarts.vm.gpu.v100"
        }
        let lines = try lines(record, width: width)
        #expect(lines.allSatisfy { line in line.unicodeScalars.allSatisfy { $0.value >= 0x20 } })
        if width >= 80 { #expect(lines.filter { DisplayWidth.of($0) > width } == []) }
    }

    @Test
    func `the document is read as it was written`() throws {
        let explanation = Explanation(Self.record(), policy: try Self.policy(), now: Self.noon)
        let past = RecordedPast(holds: [HoldInForce(.outage(since: Self.noon))], isWatched: true)
        let document = ExplanationDocument(
            explanation,
            .init(generatedAt: Self.noon, at: Self.noon, policy: "p", isLive: false, recorded: past)
        )
        let data = try JSONEncoder().encode(document)
        #expect(try JSONDecoder().decode(ExplanationDocument.self, from: data) == document)
    }
}
