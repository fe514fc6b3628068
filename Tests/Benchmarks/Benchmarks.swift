// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// `make bench`: figures for 1 000, 10 000 and 100 000 notebooks, each beside what it should reach.
///
/// Run by hand with the names of some benchmarks, it runs these alone.
@main
enum Benchmarks {
    static func main() async throws {
        let wanted = CommandLine.arguments.dropFirst()
        let known: [(name: String, run: () async throws -> Void)] = [
            ("fleets", fleets), ("check", check), ("rules", rules), ("metrics", metrics), ("idle", idle),
            ("socket", socket),
        ]
        for benchmark in known where wanted.isEmpty || wanted.contains(benchmark.name) { try await benchmark.run() }
    }

    private static func fleets() async throws {
        show("notebooks", "planner", "sweep", "memory", "highest", "ready")
        show("", "ns each", "us each", "MB", "MB", "ms")
        for count in [1_000, 10_000, 100_000] {
            let planner = try PlannerBenchmark.nanosecondsPerNotebook(count: count)
            let sweep = try await SweepBenchmark.figures(count: count)
            show(
                "\(count)",
                decimal(planner, 0),
                decimal(sweep.microsecondsPerNotebook, 1),
                decimal(Double(sweep.memory.now) / 1_000, 1),
                decimal(Double(sweep.memory.highest) / 1_000, 1),
                decimal(sweep.startUp * 1_000, 0)
            )
        }
        line("to reach: planner <= 2000 ns, sweep <= 25 us at 10000, memory <= 40 MB + 2 kB each, ready <= 150 ms")
    }

    private static func check() throws {
        let took = decimal(try CheckBenchmark.milliseconds(lines: 5_000), 0)
        line("check of a policy of 5000 lines: \(took) ms (to reach: <= 200)")
    }

    private static func rules() throws {
        let many = try ManyRulesBenchmark.figures(notebooks: 10_000)
        line(
            "200 rules, 10000 notebooks: plan \(decimal(many.plan, 1)) ms, one decision \(decimal(many.decision, 0)) ns "
                + "(to reach: <= 25 ms, <= 2500 ns)"
        )
    }

    private static func metrics() async throws {
        let metrics = try await MetricsBenchmark.figures(notebooks: 100_000)
        line(
            "metrics of 100000 notebooks: \(decimal(metrics.survey, 0)) ms for two queries, "
                + "join \(decimal(metrics.join, 0)) ns each (to reach: <= 1000 ns)"
        )
    }

    private static func socket() async throws {
        let took = try await SocketBenchmark.statusMilliseconds(count: 10_000)
        line("curfew status of 10000 notebooks: \(decimal(took, 0)) ms from start to end (to reach: <= 150)")
        for count in [100, 1_000, 10_000] {
            let share = try await SocketBenchmark.readersShare(count: count)
            let target = count == 100 ? " (to reach: < 3 %)" : ""
            line("100 readers a second of \(count) notebooks: \(decimal(share, 1)) % of a core\(target)")
        }
    }

    private static func idle() async throws {
        for count in [10_000, 100_000] { line(try StatusBenchmark.figures(notebooks: count).text) }
        let share = try await SweepBenchmark.idleShare(count: 100, seconds: 120)
        line("idle with 100 notebooks, pollEvery 1min: \(decimal(share, 3)) % of a core (to reach: < 0.2 %)")
    }

    private static func show(_ cells: String...) {
        line(cells.map { String(repeating: " ", count: max(0, 12 - $0.count)) + $0 }.joined())
    }

    private static func line(_ text: String) {
        FileHandle.standardOutput.write(Data((text + "\n").utf8))
    }

    private static func decimal(_ number: Double, _ places: Int) -> String {
        String(format: "%.\(places)f", number)
    }
}
