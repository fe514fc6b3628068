// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CurfewCore

@Suite("Reports of usage", .timeLimit(.minutes(20)))
struct UsageReportTests {
    private func report(
        _ notebooks: [ReportedNotebook],
        from: Timestamp = noon - .days(10),
        to: Timestamp = noon
    ) throws -> UsageReport {
        var report = UsageReport(from: from, to: to, prices: try UsageSample.prices())
        for notebook in notebooks { report.add(notebook) }
        return report
    }

    @Test
    func `hours and money are exact`() throws {
        let notebook = ReportedNotebook(
            id: NotebookID("a"),
            runs: [
                .init(
                    UsageSample.run("a", UsageSample.bob, from: noon - .hours(9), .ended(noon - .hours(6))),
                    rule: "idle"
                )
            ],
            stops: [.init(at: noon - .hours(6), rule: "idle", leaseEnd: noon - .hours(4), watchedUntil: noon)],
            renewals: [.init(run: 0, rule: "idle", count: 2)],
            looks: [
                EvidenceName("jupyter"): [
                    .init(firstAt: noon - .hours(7), lastAt: noon - .hours(6), activity: .idle(since: noon - .hours(8)))
                ]
            ]
        )
        let total = try report([notebook]).total
        #expect(total.ran.milliseconds == 3 * 3_600_000 && total.ran.money.description == "7.20")
        #expect(total.idle.milliseconds == 2 * 3_600_000 && total.idle.money.description == "4.80")
        #expect(total.saved.milliseconds == 2 * 3_600_000 && total.saved.money.description == "4.80")
        #expect(total.stops == 1 && total.renewals == 2)
    }

    @Test
    func `what has no price is told, not guessed`() throws {
        let traits = RunTraits(owner: Notebook.Owner(name: "eve", id: "u-9"), flavor: "npu")
        let run = UsageSample.run("a", traits, from: noon - .hours(2), .ended(noon))
        let total = try report([ReportedNotebook(id: NotebookID("a"), runs: [.init(run)])]).total
        #expect(total.ran.unpricedMilliseconds == 2 * 3_600_000 && total.ran.money.description == "0.00")
    }

    @Test
    func `a time is idle only when every source that tells anything says so`() throws {
        let (start, end) = (noon - .hours(4), noon)
        func idle(_ from: Duration, _ looks: [(Duration, Activity)]) -> [NotebookHistory.Look] {
            looks.map { .init(firstAt: start + from, lastAt: start + $0.0, activity: $0.1) }
        }
        let jupyter = idle(.hours(4), [(.hours(4), .idle(since: start + .hours(1)))])
        let cpu = idle(.hours(3), [(.hours(3), .idle(since: start))])
        let blind = idle(.hours(1), [(.hours(4), .unknown(.cannotTell("no series")))])
        let runs = [NotebookHistory.Run(beganAt: start, isStart: true, endedAt: end)]
        #expect(
            IdleTime([EvidenceName("j"): jupyter, EvidenceName("c"): cpu, EvidenceName("b"): blind], runs: runs).within(
                start,
                end
            ) == .hours(2)
        )
        #expect(
            IdleTime([EvidenceName("j"): jupyter, EvidenceName("b"): blind], runs: runs).within(start, end) == .hours(3)
        )
        #expect(IdleTime([EvidenceName("b"): blind], runs: runs).within(start, end) == .zero)
        #expect(IdleTime([EvidenceName("j"): jupyter], runs: runs).within(start, start + .hours(2)) == .hours(1))
    }

    @Test(arguments: 1...200)
    func `each grouping has the same total, spans add up, and the book of usage agrees`(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let notebooks = (0..<6).map { Self.notebook("n\($0)", &random) }
        let from = noon - .hours(random.integer(1...200))
        let cut = from + .minutes(random.integer(0...3_000))
        let to = max(cut, noon - .hours(random.integer(0...20)))
        let whole = try report(notebooks, from: from, to: to)

        for grouping in UsageReport.Grouping.allCases {
            var sum = ReportFigures()
            for group in (whole.groups[grouping] ?? [:]).values { sum += group.figures }
            #expect(sum == whole.total, "\(grouping)")
        }
        var halves = try report(notebooks, from: from, to: cut).total
        halves += try report(notebooks, from: cut, to: to).total
        // Renewals are counted by whoever reads them.
        halves.renewals = whole.total.renewals
        #expect(halves == whole.total)
        for notebook in notebooks {
            let one = try report([notebook], from: from, to: to).total
            #expect(one.ran.milliseconds + one.saved.milliseconds <= (to - from).wholeMilliseconds)
            #expect(one.idle.milliseconds <= one.ran.milliseconds)
        }
        try compareWithBook(whole, notebooks, from: from, to: to)
    }

    /// The book of usage judges budgets from the same runs, so it must have the same sums.
    private func compareWithBook(
        _ report: UsageReport,
        _ notebooks: [ReportedNotebook],
        from: Timestamp,
        to: Timestamp
    ) throws {
        guard to > from else { return }
        let budget = UsageBudget(
            per: .owner,
            within: .span(to - from),
            hours: .hours(1),
            cost: Money(tenThousandths: 1)
        )
        let policy = UsageSample.policy(budget, prices: try UsageSample.prices())
        let book = try UsageSample.book(policy, notebooks.flatMap { $0.runs.map(\.run) }, at: to)
        for (key, group) in report.groups[.owner] ?? [:] {
            let account = UsageAccount(budget: budget, group: UsageGroup(per: .owner, key: try #require(key)))
            let figures = book.figures(of: account, at: to)
            #expect(figures.first?.used == .time(.milliseconds(group.figures.ran.milliseconds)))
            let truncated = Money(tenThousandths: Int64(group.figures.ran.cost / 3_600_000))
            #expect(figures.last?.used == .money(truncated, currency: "EUR"))
        }
    }

    /// A notebook with runs that follow each other, some of them stopped, and looks in between.
    private static func notebook(_ id: String, _ random: inout SeededGenerator) -> ReportedNotebook {
        var notebook = ReportedNotebook(id: NotebookID(id))
        var now = noon - .hours(200)
        while now < noon {
            let start = now + .minutes(random.integer(0...900))
            let end = start + .minutes(random.integer(0...1_500))
            guard end < noon else { break }
            let traits = random.chance(50) ? UsageSample.alice : UsageSample.bob
            let rule = random.pick(["night", "idle", nil]) ?? nil
            notebook.runs.append(
                .init(UsageSample.run(id, traits, from: start, .ended(end)), isStart: random.chance(80), rule: rule)
            )
            if random.chance(60) {
                notebook.stops.append(
                    .init(
                        at: end - .seconds(random.integer(0...90)),
                        rule: rule,
                        isConfirmed: random.chance(90),
                        leaseEnd: random.chance(50) ? end + .minutes(random.integer(-10...3_000)) : nil,
                        watchedUntil: end + .minutes(random.integer(0...3_000))
                    )
                )
            }
            let idle = NotebookHistory.Look(
                firstAt: end - .seconds(60),
                lastAt: end,
                activity: .idle(since: start - .minutes(random.integer(-60...60)))
            )
            if random.chance(50), end - start > .seconds(60) {
                notebook.looks[EvidenceName("jupyter"), default: []].append(idle)
            }
            now = end
        }
        return notebook
    }
}
