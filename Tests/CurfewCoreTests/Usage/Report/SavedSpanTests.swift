// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import CurfewCore

@Suite("What a stop saved")
struct SavedSpanTests {
    private static let stop = noon

    private func run(_ from: Timestamp, _ to: Timestamp, isStart: Bool = true) -> ReportedNotebook.Run {
        ReportedNotebook.Run(UsageSample.run("a", from: from, .ended(to)), isStart: isStart)
    }

    /// How long the stops of a notebook saved, each from its start on.
    private func saved(
        _ runs: [ReportedNotebook.Run],
        _ stops: [ReportedNotebook.Stop],
        goneAt: Timestamp? = nil
    ) -> [Duration] {
        let notebook = ReportedNotebook(id: NotebookID("a"), runs: runs, stops: stops, goneAt: goneAt)
        let spans = runs.map { $0.run.counted(from: .distantPast, now: .distantFuture) }
        return SavedSpan.spans(of: notebook, spans).map { $0.map { $0.end - $0.start } ?? .zero }
    }

    private func stop(
        at: Timestamp = Self.stop,
        isConfirmed: Bool = true,
        leaseEnd: Timestamp? = nil,
        watchedUntil: Timestamp = .distantFuture
    ) -> ReportedNotebook.Stop {
        ReportedNotebook.Stop(at: at, isConfirmed: isConfirmed, leaseEnd: leaseEnd, watchedUntil: watchedUntil)
    }

    private var before: ReportedNotebook.Run { run(noon - .hours(5), noon) }

    @Test
    func `without lease and start it is a day, and no more`() {
        #expect(saved([before], [stop()]) == [.hours(24)])
        #expect(saved([before], [stop(leaseEnd: noon + .hours(70))]) == [.hours(24)])
    }

    @Test
    func `the end of the lease, the next start and the deletion end it, whichever is first`() {
        #expect(saved([before], [stop(leaseEnd: noon + .hours(2))]) == [.hours(2)])
        #expect(
            saved([before, run(noon + .hours(1), noon + .hours(9))], [stop(leaseEnd: noon + .hours(2))]) == [.hours(1)]
        )
        #expect(saved([before], [stop(leaseEnd: noon + .hours(2))], goneAt: noon + .minutes(5)) == [.minutes(5)])
        #expect(saved([before], [stop(leaseEnd: noon - .minutes(1))]) == [.zero])
    }

    @Test
    func `a start that nobody witnessed ends it when the daemon was last alive`() {
        let next = run(noon + .hours(9), noon + .hours(10), isStart: false)
        #expect(saved([before, next], [stop(watchedUntil: noon + .hours(2))]) == [.hours(2)])
        let witnessed = run(noon + .hours(9), noon + .hours(10))
        #expect(saved([before, witnessed], [stop(watchedUntil: noon + .hours(2))]) == [.hours(9)])
    }

    @Test
    func `what nobody saw happen saves nothing`() {
        #expect(saved([before], [stop(isConfirmed: false)]) == [.zero])
    }

    @Test
    func `no time counts as run and as saved, or as saved twice`() {
        #expect(
            saved([run(noon - .hours(5), noon + .minutes(3))], [stop(leaseEnd: noon + .hours(1))]) == [.minutes(57)]
        )
        let again = stop(at: noon + .hours(1), leaseEnd: noon + .hours(4))
        #expect(saved([before], [stop(leaseEnd: noon + .hours(3)), again]) == [.hours(3), .hours(1)])
        #expect(
            saved([before], [stop(), stop(at: noon + .hours(1), leaseEnd: noon + .hours(2))]) == [.hours(24), .zero]
        )
    }
}
