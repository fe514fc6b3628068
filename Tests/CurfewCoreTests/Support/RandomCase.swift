// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials

/// A random policy, a random history of one notebook, and what is true of that history by its making.
///
/// The generator keeps its own account of starts and activity, so that a test can hold the planner against it.
struct RandomCase {
    var policy: Policy
    var record: NotebookRecord
    /// When the present run was seen to begin.
    let startedAt: Timestamp
    /// The latest activity that any look of the run reported.
    private(set) var lastActivityAt: Timestamp
    /// Around which instants to plan.
    let horizon = Duration.hours(8)

    static let sources = [Sample.jupyter, Sample.accelerator]
    private static let marks = MarkSettings(tag: "keep", longest: .hours(3))

    init(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        startedAt = noon - .minutes(random.integer(0...600))
        lastActivityAt = startedAt
        policy = Self.policy(&random)
        let notebook = Self.notebook(&random)
        record = Sample.record(notebook, startedAt: startedAt, marks: policy.marks)
        for _ in 0..<random.integer(0...6) {
            let look = Self.look(after: startedAt, &random)
            record.add(look)
            switch look.activity {
            case .active: lastActivityAt = max(lastActivityAt, look.observedAt)
            case .idle(let since): lastActivityAt = max(lastActivityAt, since)
            case .unknown: break
            }
        }
        if random.chance(30), let rule = random.pick(policy.rules) {
            record.warning = Warning(rule: rule.name, givenAt: noon - .minutes(random.integer(0...120)))
        }
    }

    /// An instant to plan at: now and then one of those at which something may change.
    func instant(_ random: inout SeededGenerator) -> Timestamp {
        let base = random.chance(20) ? record.observations.map(\.observedAt).max() ?? noon : noon
        return base + .milliseconds(random.integer(-60_000...28_800_000))
    }

    private static func policy(_ random: inout SeededGenerator) -> Policy {
        let rules = (0..<random.integer(1...4)).map { index in
            Rule(name: "rule \(index)", match: selector(&random), outcome: outcome(&random))
        }
        return Sample.policy(rules: rules, mode: random.chance(80) ? .enforce : .observe, marks: marks)
    }

    private static func selector(_ random: inout SeededGenerator) -> Selector {
        var conditions: [Selector.Condition] = []
        for _ in 0..<random.integer(0...2) {
            let inner: Selector.Condition =
                switch random.integer(0...5) {
                case 0: .marked(random.chance(50))
                case 1: .runningFor(.minutes(random.integer(0...900)))
                case 2: .leaseType([random.chance(50) ? .timing : .idle])
                case 3: .tag(key: "keep", (try? Sample.globs("*")) ?? [])
                case 4: .during(During([schedule(&random)]))
                default: .workspace((try? Sample.globs("0")) ?? [])
                }
            conditions.append(random.chance(25) ? .not(Selector([inner])) : inner)
        }
        return Selector(conditions)
    }

    /// Windows that may begin or end near noon, now and then with some time taken from them.
    private static func schedule(_ random: inout SeededGenerator) -> Schedule {
        let windows = (0..<random.integer(1...2)).compactMap { _ in
            Window(from: random.integer(0...1_439), to: random.integer(0...1_440))
        }
        let event = noon + .minutes(random.integer(-60...300))
        let events = random.chance(30) ? [event..<event + .minutes(random.integer(1...90))] : []
        return Schedule(windows: windows, events: events, clock: WallClock(.gmt))
    }

    private static func outcome(_ random: inout SeededGenerator) -> Outcome {
        let renewBefore = random.integer(3...90)
        let lease = LeaseTerms(
            extendBy: .minutes(random.integer(max(60, renewBefore + 1)...300)),
            renewBefore: .minutes(renewBefore)
        )
        let warn = random.chance(40) ? Duration.minutes(random.integer(0...30)) : nil
        switch random.integer(0...9) {
        case 0: return .exempt
        case 1: return .stop(warn: warn)
        case 2, 3:
            let until = random.chance(50) ? noon + .minutes(random.integer(-60...300)) : nil
            return .keepAlive(KeepAlive(until: until, lease: lease, leaseType: random.chance(50) ? .timing : .keep))
        default:
            let uses = sources.prefix(random.integer(1...2)).map { source in
                EvidenceRequirement.Use(
                    source: source,
                    isOptional: random.chance(25),
                    maxAge: random.chance(20) ? .minutes(random.integer(1...60)) : nil
                )
            }
            return Sample.idle(
                .seconds(random.integer(60...7_200)),
                sources: uses,
                atLeast: random.chance(20) ? 2 : 1,
                warn: warn,
                whileActive: random.chance(50) ? .prolong : .leave,
                lease: lease
            )
        }
    }

    private static func notebook(_ random: inout SeededGenerator) -> Notebook {
        let left = Duration.minutes(random.integer(-10...6_000))
        let lease = Sample.lease(left: left, kind: random.chance(30) ? .idle : .timing, isEnabled: random.chance(90))
        let tag: String? = random.pick([nil, nil, "true", "2026-11-20", "2020-01-01", "maybe"]) ?? nil
        return Sample.notebook(
            random.chance(92) ? .running : .snapshotting,
            tags: random.chance(5) ? .unreadable : tag.map { ["keep": $0] } ?? [:],
            lease: random.chance(92) ? lease : .unreadable
        )
    }

    private static func look(after start: Timestamp, _ random: inout SeededGenerator) -> Observation {
        let span = noon + .minutes(30) - start
        let at = start + .milliseconds(random.integer(0...Int(span.wholeMilliseconds)))
        let since = start + .milliseconds(random.integer(-7_200_000...max(0, Int((at - start).wholeMilliseconds))))
        let activity: Activity =
            switch random.integer(0...9) {
            case 0, 1: .active
            case 2, 3: .unknown(random.pick([.unreachable("timeout"), .noAccess, .refused("403")]) ?? .noAccess)
            default: .idle(since: since)
            }
        let started = random.chance(20) ? start - .minutes(5) : nil
        return Sample.look(
            activity,
            at: at,
            source: random.pick(sources) ?? Sample.jupyter,
            serverStartedAt: started
        )
    }
}

extension Policy {
    /// The outcome of the rule that a decision names.
    func outcome(of decision: Decision) -> Outcome? {
        rules.first { $0.name == decision.rule }?.outcome
    }

    /// The terms of the `idle` rule that a decision names, if it is one.
    func idleTerms(of decision: Decision) -> IdleBudget? {
        if case .idle(let terms)? = outcome(of: decision) { terms } else { nil }
    }
}
