// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

struct ActivityVerdictTests {
    private typealias Use = EvidenceRequirement.Use
    private static let silences: [Activity.Unknown] = [
        .notObserved, .stale, .noAccess, .unreachable("timeout"), .refused("403"), .unintelligible("{"), .noSuchSource,
        .cannotTell("queue down"),
    ]

    private let start = noon - .hours(5)

    private func verdict(_ uses: [Use], atLeast: Int = 1, _ looks: [Observation], at now: Timestamp = noon)
        -> ActivityVerdict
    {
        let requirement = EvidenceRequirement(sources: uses, atLeast: atLeast)
        return ActivityVerdict(requirement, record: Sample.record(startedAt: start, looks: looks), now: now)
    }

    private func isUnknown(_ verdict: ActivityVerdict) -> Bool {
        if case .unknown = verdict.state { true } else { false }
    }

    @Test func `idle counts from the latest that any source reports`() {
        let looks = [
            Sample.look(.idle(since: noon - .hours(3)), at: noon),
            Sample.look(.idle(since: noon - .hours(2)), at: noon - .seconds(3), source: Sample.accelerator),
        ]
        let verdict = verdict([Use(source: Sample.jupyter), Use(source: Sample.accelerator)], looks)
        #expect(verdict.state == .idle)
        #expect(verdict.lastActivityAt == noon - .hours(2))
        #expect(verdict.oldestLookAt == noon - .seconds(3))
        #expect(verdict.evidence == looks)
    }

    @Test func `one active source makes the whole active`() {
        let looks = [
            Sample.look(.idle(since: noon - .hours(3)), at: noon),
            Sample.look(.active, at: noon - .seconds(3), source: Sample.accelerator),
        ]
        let verdict = verdict([Use(source: Sample.jupyter), Use(source: Sample.accelerator)], looks)
        #expect(verdict.state == .active(source: Sample.accelerator, detail: ""))
        #expect(verdict.lastActivityAt == noon - .seconds(3))
    }

    @Test("D1, D2, D3: any silence of a required source makes the whole unknown", arguments: silences)
    func silenceIsUnknown(why: Activity.Unknown) {
        let looks = [
            Sample.look(.idle(since: noon - .hours(3)), at: noon),
            Sample.look(.unknown(why), at: noon, source: Sample.accelerator),
        ]
        for uses in [[Sample.jupyter, Sample.accelerator], [Sample.accelerator, Sample.jupyter]] {
            let verdict = verdict(uses.map { Use(source: $0) }, looks)
            #expect(verdict.state == .unknown(.evidenceUnknown(source: Sample.accelerator, why)))
            #expect(verdict.lastActivityAt == noon - .hours(3))
        }
    }

    @Test func `D1: silence hides even activity of another source`() {
        let looks = [
            Sample.look(.active, at: noon),
            Sample.look(.unknown(.noAccess), at: noon, source: Sample.accelerator),
        ]
        #expect(isUnknown(verdict([Use(source: Sample.jupyter), Use(source: Sample.accelerator)], looks)))
    }

    @Test func `D1: a source that never looked is unknown`() {
        let verdict = verdict([Use(source: Sample.jupyter)], [])
        #expect(verdict.state == .unknown(.evidenceUnknown(source: Sample.jupyter, .notObserved)))
        #expect(verdict.lastActivityAt == start)
        #expect(verdict.oldestLookAt == nil)
    }

    @Test func `D1: a look that could not tell takes the place of one that could`() {
        let looks = [
            Sample.look(.idle(since: noon - .hours(3)), at: noon - .seconds(10)),
            Sample.look(.unknown(.unreachable("timeout")), at: noon),
        ]
        #expect(isUnknown(verdict([Use(source: Sample.jupyter)], looks)))
    }

    @Test(arguments: [(Duration.minutes(10), false), (.minutes(10) + .milliseconds(1), true), (.zero, false)])
    func `D18: a look older than maxAge is stale`(age: Duration, isStale: Bool) {
        let looks = [Sample.look(.idle(since: noon - .hours(3)), at: noon - age)]
        let verdict = verdict([Use(source: Sample.jupyter, maxAge: .minutes(10))], looks)
        #expect(isUnknown(verdict) == isStale)
        if isStale { #expect(verdict.state == .unknown(.evidenceUnknown(source: Sample.jupyter, .stale))) }
    }

    @Test func `D18: a look from the future is no evidence`() {
        let looks = [Sample.look(.idle(since: noon - .hours(3)), at: noon + .hours(1))]
        let verdict = verdict([Use(source: Sample.jupyter)], looks)
        #expect(verdict.state == .unknown(.evidenceUnknown(source: Sample.jupyter, .stale)))
    }

    @Test func `an optional source may be silent as long as another one speaks`() {
        let uses = [Use(source: Sample.jupyter), Use(source: Sample.accelerator, isOptional: true)]
        let silent = [
            Sample.look(.idle(since: noon - .hours(3)), at: noon),
            Sample.look(.unknown(.noAccess), at: noon, source: Sample.accelerator),
        ]
        #expect(verdict(uses, silent).state == .idle)
        #expect(verdict(uses, [silent[0]]).state == .idle)
        #expect(isUnknown(verdict(uses, [silent[1]])))
    }

    @Test func `an optional source counts when it speaks`() {
        let uses = [Use(source: Sample.jupyter), Use(source: Sample.accelerator, isOptional: true)]
        let looks = [
            Sample.look(.idle(since: noon - .hours(3)), at: noon),
            Sample.look(.active, at: noon, source: Sample.accelerator),
        ]
        #expect(verdict(uses, looks).state == .active(source: Sample.accelerator, detail: ""))
    }

    @Test func `where all sources are optional one must speak`() {
        let uses = [Use(source: Sample.jupyter, isOptional: true), Use(source: Sample.accelerator, isOptional: true)]
        let dark = Sample.look(.unknown(.noAccess), at: noon)
        let darkToo = Sample.look(.unknown(.noAccess), at: noon, source: Sample.accelerator)
        #expect(verdict(uses, [dark, darkToo]).state == .unknown(.evidenceTooThin(speaking: 0, wanted: 1)))
        let idle = Sample.look(.idle(since: noon - .hours(1)), at: noon)
        #expect(verdict(uses, [idle, darkToo]).state == .idle)
    }

    @Test func `a source that nobody asked yet is a missing look, not too thin evidence`() {
        let uses = [Use(source: Sample.jupyter, isOptional: true)]
        #expect(verdict(uses, []).state == .unknown(.evidenceUnknown(source: Sample.jupyter, .notObserved)))
    }

    @Test(arguments: [(1, true), (2, true), (3, false)])
    func `atLeast asks for so many sources that speak`(atLeast: Int, isEnough: Bool) {
        let third = EvidenceName("third")
        let uses = [Sample.jupyter, Sample.accelerator, third].map { Use(source: $0, isOptional: true) }
        let looks = [
            Sample.look(.idle(since: noon - .hours(3)), at: noon),
            Sample.look(.idle(since: noon - .hours(2)), at: noon, source: Sample.accelerator),
            Sample.look(.unknown(.noAccess), at: noon, source: third),
        ]
        let verdict = verdict(uses, atLeast: atLeast, looks)
        #expect(isUnknown(verdict) == !isEnough)
        if !isEnough { #expect(verdict.state == .unknown(.evidenceTooThin(speaking: 2, wanted: 3))) }
    }

    @Test func `no source at all is never enough`() {
        #expect(isUnknown(verdict([], atLeast: 0, [])))
        #expect(EvidenceRequirement(sources: [], atLeast: -3).atLeast == 1)
    }

    @Test func `D4, I3: nothing from before the start counts`() {
        let long = [Sample.look(.idle(since: .distantPast), at: noon)]
        #expect(verdict([Use(source: Sample.jupyter)], long).lastActivityAt == start)
        let zero = [Sample.look(.idle(since: Timestamp(milliseconds: 0)), at: noon)]
        #expect(verdict([Use(source: Sample.jupyter)], zero).lastActivityAt == start)
    }

    @Test func `I3: activity that an earlier look saw counts when later looks deny it`() {
        let looks = [
            Sample.look(.active, at: noon - .minutes(10)),
            Sample.look(.idle(since: noon - .hours(3)), at: noon),
        ]
        #expect(verdict([Use(source: Sample.jupyter)], looks).lastActivityAt == noon - .minutes(10))
    }

    @Test func `activity of a source that the rule does not ask counts too, as a lower bound`() {
        let looks = [
            Sample.look(.idle(since: noon - .hours(3)), at: noon),
            Sample.look(.active, at: noon - .minutes(1), source: Sample.accelerator),
        ]
        let verdict = verdict([Use(source: Sample.jupyter)], looks)
        #expect(verdict.state == .idle)
        #expect(verdict.lastActivityAt == noon - .minutes(1))
    }
}
