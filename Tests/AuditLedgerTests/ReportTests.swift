// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AuditLedger
import CurfewCore
import CurfewEngine
import Foundation
import Testing

@Suite("Reports from the ledger")
struct ReportTests {
    private static let prices: PriceList? = (try? Glob("*")).map {
        PriceList(currency: "EUR", perHour: [.init(flavor: $0, price: Money(tenThousandths: 24_000))])
    }

    private func report(_ ledger: LedgerCase, from: Timestamp, to: Timestamp) async throws -> UsageReport {
        try await LedgerReader(directory: ledger.directory.path()).report(from: from, to: to, prices: Self.prices)
    }

    private func hours(_ figures: ReportFigures) -> [Double] {
        [figures.ran, figures.idle, figures.saved].map { Double($0.milliseconds) / 3_600_000 }
    }

    /// A notebook whose lease would have ended two hours after noon, runs from 6 to noon and is stopped, idle since 10.
    private static let day: [LedgerEntry] = {
        let notebook = SampleNotebook.leased("a", until: noon + .hours(2))
        return [
            LedgerEntry(at: noon - .hours(6), .runBegan(notebook, isStart: true)),
            LedgerEntry(at: noon - .hours(6), .seen(notebook)),
            Entry.prolong(1, at: noon - .hours(4)), Entry.outcome(1, at: noon - .hours(4)),
            LedgerEntry(
                at: noon,
                .observed(
                    notebook.id,
                    [
                        Observation(
                            source: EvidenceName("jupyter"),
                            activity: .idle(since: noon - .hours(2)),
                            observedAt: noon
                        )
                    ]
                )
            ),
            Entry.stop(2), Entry.outcome(2), Entry.ended(),
        ]
    }()

    @Test
    func `hours, idle hours and hours saved are those that were recorded`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(at: noon - .hours(6), records: Self.day + [Entry.listed(noon + .hours(8))])
            let report = try await report(ledger, from: noon - .days(1), to: noon + .days(1))
            #expect(report.to == noon + .hours(8))
            #expect(hours(report.total) == [6, 2, 2])
            #expect(report.total.ran.money.description == "14.40" && report.total.saved.money.description == "4.80")
            #expect(report.total.stops == 1 && report.total.renewals == 1)
            #expect(report.groups[.owner]?["u-1"]?.name == "alice")
            #expect(report.groups[.rule]?["everyone"]?.figures == report.total)
            #expect(report.groups[.flavor]?.keys.compactMap(\.self) == ["modelarts.vm.gpu.v100"])
        }
    }

    @Test
    func `the reports of two spans add up to that of both`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(at: noon - .hours(6), records: Self.day + [Entry.listed(noon + .hours(8))])
            let end = noon + .hours(8)
            let whole = try await report(ledger, from: noon - .days(1), to: end).total
            for cut in [-5, -3, -1, 0, 1, 3] {
                var sum = try await report(ledger, from: noon - .days(1), to: noon + .hours(cut)).total
                sum += try await report(ledger, from: noon + .hours(cut), to: end).total
                #expect(sum == whole, "cut at \(cut) h")
            }
        }
    }

    @Test
    func `a stop whose user came back saves until then, and one by its user nothing`() async throws {
        try await withLedger { ledger in
            let back = Entry.began(isStart: true, at: noon + .minutes(30))
            let byUser = [
                Entry.began("b", isStart: true, at: noon - .hours(1)), Entry.ended("b", at: noon),
            ]
            try await ledger.daemon(
                at: noon - .hours(6),
                records: Self.day + byUser + [back, Entry.listed(noon + .hours(1))]
            )
            let total = try await report(ledger, from: noon - .days(1), to: noon + .days(1)).total
            #expect(hours(total) == [7.5, 2, 0.5])
            #expect(total.stops == 1)
        }
    }

    @Test
    func `a run that is open counts until its daemon was last alive`() async throws {
        try await withLedger { ledger in
            try await ledger.daemon(records: [Entry.began(isStart: true), Entry.listed(noon + .hours(3))])
            try await ledger.daemon(at: noon + .hours(9), records: [Entry.listed(noon + .hours(10))])
            #expect(hours(try await report(ledger, from: noon, to: noon + .days(1)).total) == [3, 0, 0])
        }
    }
}

extension SampleNotebook {
    static func leased(_ id: String, until end: Timestamp) -> Notebook {
        var notebook = Entry.notebook(id)
        let start = noon - .hours(6)
        notebook.lease = .known(
            Lease(isEnabled: true, kind: .timing, createdAt: start, duration: end - start, updatedAt: nil)
        )
        return notebook
    }
}
