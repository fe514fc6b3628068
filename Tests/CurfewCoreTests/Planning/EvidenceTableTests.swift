// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

/// Every combination of what two sources say, of `optional` and of `atLeast`, against the rules of the language.
struct EvidenceTableTests {
    /// What a source last said, if anything.
    enum Seen: CaseIterable {
        case nothing, dark, old, future, idle, active

        var look: (activity: Activity, at: Timestamp)? {
            switch self {
            case .nothing: nil
            case .dark: (.unknown(.noAccess), noon - .seconds(1))
            case .old: (.active, noon - .seconds(601))
            case .future: (.idle(since: noon - .hours(4)), noon + .hours(1))
            case .idle: (.idle(since: noon - .hours(3)), noon - .seconds(5))
            case .active: (.active, noon - .seconds(7))
            }
        }

        var speaks: Bool { self == .idle || self == .active }
    }

    @Test(arguments: Seen.allCases, Seen.allCases)
    func `who speaks decides, and who must speak and is silent makes it unknown`(first: Seen, second: Seen) throws {
        let names = [Sample.jupyter, Sample.accelerator]
        let looks = zip(names, [first, second]).compactMap { name, seen in
            seen.look.map { Sample.look($0.activity, at: $0.at, source: name) }
        }
        let record = Sample.record(startedAt: noon - .hours(5), looks: looks)
        for (isFirstOptional, isSecondOptional, atLeast) in [
            (false, false, 1), (false, true, 1), (true, false, 1), (true, true, 1), (false, false, 2), (false, true, 2),
            (true, false, 2), (true, true, 2),
        ] {
            let uses = zip(names, [isFirstOptional, isSecondOptional]).map {
                EvidenceRequirement.Use(source: $0, isOptional: $1, maxAge: .seconds(600))
            }
            let requirement = EvidenceRequirement(sources: uses, atLeast: atLeast)
            let verdict = ActivityVerdict(requirement, record: record, now: noon)

            let speaking = [first, second].filter(\.speaks)
            let isMissing = (!isFirstOptional && !first.speaks) || (!isSecondOptional && !second.speaks)
            let name = "\(first) \(isFirstOptional), \(second) \(isSecondOptional), \(atLeast)"
            if isMissing || speaking.count < atLeast {
                guard case .unknown = verdict.state else {
                    Issue.record("\(name): \(verdict.state)")
                    continue
                }
            } else if speaking.contains(.active) {
                guard case .active = verdict.state else {
                    Issue.record("\(name): \(verdict.state)")
                    continue
                }
            } else {
                #expect(verdict.state == .idle, "\(name)")
            }
            // What was known once counts, whether or not the look is too old to decide on.
            let known = [first, second].compactMap { seen -> Timestamp? in
                switch seen.look?.activity {
                case .active: seen.look?.at
                case .idle(let since): since
                default: nil
                }
            }
            #expect(verdict.lastActivityAt == known.max() ?? noon - .hours(5), "\(name)")
            #expect(verdict.oldestLookAt == speaking.compactMap { $0.look?.at }.min(), "\(name)")
        }
    }

    @Test func `the decision is reviewed when a look becomes too old`() throws {
        let use = EvidenceRequirement.Use(source: Sample.jupyter, maxAge: .seconds(600))
        let record = Sample.record(
            startedAt: noon - .hours(5),
            looks: [Sample.look(.active, at: noon - .seconds(60))]
        )
        let verdict = ActivityVerdict(EvidenceRequirement(sources: [use]), record: record, now: noon)
        #expect(verdict.staleAt == noon + .seconds(540) + .milliseconds(1))
        let terms = IdleBudget(budget: .seconds(3_600), evidence: EvidenceRequirement(sources: [use]))
        let service = ServiceSettings(endpoint: "https://modelarts.example.com", projectID: "p")
        let policy = Policy(service: service, rules: [Rule(name: "all", outcome: .idle(terms))])
        let review = try #require(Planner.decide(record, policy: policy, now: noon).nextReview)
        #expect(review == noon + .seconds(540) + .milliseconds(1))
    }
}
