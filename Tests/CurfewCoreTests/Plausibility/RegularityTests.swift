// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import CurfewCore

/// How well made-up executions are told from real ones, seen through looks as the daemon takes them.
struct RegularityTests {
    private static let budget: Duration = .seconds(3_600)

    /// What looks see of executions: each look is taken shortly before the budget after the last activity it knows is over.
    private func trace(of executions: [Timestamp], looks: Int) -> ActivityTrace {
        var trace = ActivityTrace()
        var at = noon
        var index = 0
        for _ in 0..<looks {
            while index + 1 < executions.count, executions[index + 1] <= at { index += 1 }
            let last = executions[index]
            guard last <= at else { break }
            trace.add(
                Observation(
                    source: Sample.jupyter,
                    activity: .idle(since: last),
                    observedAt: at,
                    signals: Signals(connections: 1, executedAt: last)
                )
            )
            at = max(at + .seconds(15), last + Self.budget - .seconds(10))
        }
        return trace
    }

    private func executions(every gap: () -> Double) -> [Timestamp] {
        var at = noon - .seconds(7_200)
        var result: [Timestamp] = []
        while at < noon + .seconds(14 * 3_600) {
            result.append(at)
            at = at + .milliseconds(Int(gap() * 1_000))
        }
        return result
    }

    private func isReported(_ trace: ActivityTrace) -> Bool {
        trace.findings(PlausibilitySettings()).contains { $0.code == "regular-executions" }
    }

    @Test(arguments: [45.0, 61, 300, 600, 1_500])
    func `a timer is found, however seldom one looks`(period: Double) {
        var random = SeededGenerator(seed: 7)
        let found = trace(of: executions { period + Double.random(in: -0.05...0.05, using: &random) }, looks: 12)
        #expect(isReported(found))
    }

    @Test func `too few executions are no pattern`() {
        #expect(!isReported(trace(of: executions { 600 }, looks: 6)))
    }

    @Test func `executions without a period are hardly ever found to have one`() {
        var random = SeededGenerator(seed: 11)
        var reported = 0
        let days = 4_000
        for day in 0..<days {
            // From somebody who executes every 20 s to one who does every hour, with pauses as people make them.
            let mean = [20.0, 60, 180, 600, 1_800, 3_600][day % 6]
            let human = executions { -mean * Double.random(in: 0.000_1..<1, using: &random).logarithm }
            if isReported(trace(of: human, looks: 13)) { reported += 1 }
        }
        #expect(reported <= days / 1_000, "\(reported) of \(days)")
    }
}

extension Double {
    /// The natural logarithm of a number in 0..<1, exact enough for random gaps, without a library of mathematics.
    fileprivate var logarithm: Double {
        var (number, halvings) = (self, 0.0)
        while number < 0.5 {
            number *= 2
            halvings += 1
        }
        let ratio = (number - 1) / (number + 1)
        let square = ratio * ratio
        return 2 * ratio * (1 + square / 3 + square * square / 5 + square * square * square / 7) - halvings
            * 0.693_147_180_56
    }
}
