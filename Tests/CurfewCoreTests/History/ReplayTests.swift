// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

struct ReplayTests {
    private let jupyter = EvidenceName("jupyter")
    private let window = noon..<(noon + .hours(24))

    private func policy(_ outcome: Outcome) -> Policy {
        Policy(
            service: ServiceSettings(endpoint: "https://modelarts.example.com", projectID: "p"),
            evidence: [EvidenceSource(name: jupyter, kind: .jupyter(JupyterSettings()))],
            rules: [Rule(name: "everyone", outcome: outcome)]
        )
    }

    private func idle(_ budget: Duration, warn: Duration? = nil) -> Policy {
        let evidence = EvidenceRequirement(sources: [EvidenceRequirement.Use(source: jupyter)])
        return policy(.idle(IdleBudget(budget: budget, evidence: evidence, warn: warn)))
    }

    /// A notebook that runs from noon on, for as long as it is told, with looks in minutes after noon.
    private func history(
        until end: Int? = nil,
        _ looks: [(first: Int, last: Int, activity: Activity)]
    ) -> NotebookHistory {
        let notebook = Notebook(id: NotebookID("a"), name: "a", status: .running)
        let endedAt = end.map { noon + .minutes($0) }
        return NotebookHistory(
            id: notebook.id,
            portraits: [.init(since: noon, until: endedAt, notebook: notebook)],
            runs: [.init(beganAt: noon, isStart: true, endedAt: endedAt)],
            looks: [
                jupyter: looks.map {
                    .init(firstAt: noon + .minutes($0.first), lastAt: noon + .minutes($0.last), activity: $0.activity)
                }
            ]
        )
    }

    private func idleSince(_ minutes: Int) -> Activity { .idle(since: noon + .minutes(minutes)) }

    private func minutes(_ instant: Timestamp?) -> Int? { instant.map { Int(($0 - noon) / .minutes(1)) } }

    @Test func `a look backwards proves idleness, so a shorter budget stops earlier, to the moment`() throws {
        let past = history(until: 600, [(110, 180, idleSince(50))])
        let result = Replay.result(of: idle(.minutes(20)), on: past, within: window)
        let stop = try #require(result.stops.first)
        #expect(stop.at == noon + .minutes(70))
        #expect(stop.offUntil == noon + .minutes(600))
        #expect(stop.saved == .minutes(530))
        #expect(stop.usedAgainAt == nil)
        #expect(result.stops.count == 1)
        #expect(result.ran == .minutes(600))
    }

    @Test func `what a stop saves costs what the policy's prices say, and a flavor without a price is told`() throws {
        var past = history(until: 600, [(110, 180, idleSince(50))])
        past.portraits[0].notebook.flavor = "modelarts.vm.gpu.v100"
        let fleet = FleetHistory(from: noon, to: noon + .hours(24), notebooks: [past])
        var policy = idle(.minutes(20))
        #expect(Backtest(of: policy, on: fleet).savedMoney == nil)
        let price = PriceList.Entry(flavor: try Glob("*.gpu.*"), price: Money(tenThousandths: 24_000))
        policy.prices = PriceList(currency: "EUR", perHour: [price])
        // 530 minutes at 2.40 an hour.
        let money = try #require(Backtest(of: policy, on: fleet).savedMoney)
        #expect(money.amount.description == "21.20")
        #expect(money.unpriced == 0)
        policy.prices?.perHour[0].flavor = try Glob("*.npu.*")
        #expect(Backtest(of: policy, on: fleet).savedMoney?.unpriced == 1)
    }

    @Test func `nothing is stopped in a time of which nothing is proven, and that time is counted`() {
        // In use at 10 and at 200 minutes; in between nobody looked.
        let past = history(until: 300, [(10, 10, .active), (200, 200, .active)])
        let result = Replay.result(of: idle(.minutes(30)), on: past, within: window)
        #expect(result.stops.isEmpty)
        // From 40 to 200, and from 230 to 300.
        #expect(result.unjudged == .minutes(160 + 70))
    }

    @Test func `I2: while looks cannot tell, a daemon would have been blind too, whatever is known afterwards`() throws
    {
        let past = history([
            (60, 60, idleSince(10)), (65, 100, .unknown(.unreachable("timeout"))), (130, 300, idleSince(10)),
        ])
        let stop = try #require(Replay.result(of: idle(.minutes(60)), on: past, within: window).stops.first)
        #expect(minutes(stop.at) == 130)
    }

    @Test func `a stop soon before use is told as likely wrong, and the notebook is started again then`() throws {
        let past = history([(120, 120, idleSince(30)), (150, 200, .active), (500, 500, idleSince(210))])
        let result = Replay.result(of: idle(.minutes(60)), on: past, within: window)
        #expect(result.stops.map { minutes($0.at) } == [90, 270])
        let first = try #require(result.stops.first)
        #expect(minutes(first.usedAgainAt) == 150)
        #expect(first.saved == .minutes(60))
        #expect(first.isLikelyWrong(within: .hours(2)))
        #expect(!first.isLikelyWrong(within: .minutes(59)))
        #expect(result.stops.last?.usedAgainAt == nil)
    }

    @Test func `D15: a warning is given in the replay too, and use after it calls the stop off`() {
        let past = history([(100, 100, idleSince(10)), (300, 300, idleSince(105))])
        let result = Replay.result(of: idle(.minutes(100), warn: .minutes(30)), on: past, within: window)
        #expect(result.stops.map { minutes($0.at) } == [205])
        #expect(result.stops[0].reasons.map(\.code) == ["idle-budget-spent", "warned"])
    }

    @Test func `D19: what was seen in one run says nothing of another`() {
        var past = history(until: 100, [(90, 90, idleSince(0)), (160, 160, .idle(since: noon - .hours(9)))])
        let second = noon + .minutes(120)
        past.runs.append(.init(beganAt: second, isStart: true, endedAt: nil))
        past.portraits.append(.init(since: second, until: nil, notebook: past.portraits[0].notebook))
        let result = Replay.result(of: idle(.minutes(30)), on: past, within: window)
        #expect(result.stops.map { minutes($0.at) } == [30, 150])
    }

    @Test func `a rule without evidence is tried as well, to the moment`() {
        let rules = [
            Rule(name: "old", match: Selector([.runningFor(.hours(5))]), outcome: .stop(warn: .minutes(30))),
            Rule(name: "others", outcome: .exempt),
        ]
        var policy = policy(.exempt)
        policy.rules = rules
        let result = Replay.result(of: policy, on: history([]), within: window)
        #expect(result.stops.map { minutes($0.at) } == [330])
        #expect(result.unjudged == .zero)
    }

    @Test func `D22: a notebook that is started again after each stop is left alone for the rest of the day`() {
        var past = history([])
        past.runs = []
        past.portraits = []
        let notebook = Notebook(id: past.id, name: "a", status: .running)
        for start in stride(from: 0, to: 600, by: 60) {
            let (begin, end) = (noon + .minutes(start), noon + .minutes(start + 55))
            past.runs.append(.init(beganAt: begin, isStart: true, endedAt: end))
            past.portraits.append(.init(since: begin, until: end, notebook: notebook))
        }
        var policy = policy(.exempt)
        policy.rules = [Rule(name: "old", match: Selector([.runningFor(.minutes(50))]), outcome: .stop(warn: nil))]
        let result = Replay.result(of: policy, on: past, within: window)
        #expect(result.stops.map { minutes($0.at) } == [50, 110, 170])
    }

    @Test func `what was over its budget before the time that is looked at stops at its beginning`() {
        let past = history([(60, 600, idleSince(10))])
        let result = Replay.result(of: idle(.minutes(30)), on: past, within: (noon + .hours(5))..<(noon + .hours(8)))
        #expect(result.stops.map { minutes($0.at) } == [300])
        #expect(result.ran == .hours(3))
        #expect(result.stops[0].saved == .hours(3))
    }
}
