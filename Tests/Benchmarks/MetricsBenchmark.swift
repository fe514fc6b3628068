// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ActivityProbes
import AsyncHTTPClient
import CurfewCore
import CurfewEngine
import Logging
import ModelArtsClient
import ModelArtsSimulator

/// A look at the metrics of a whole fleet, from the query to what is known of each notebook.
enum MetricsBenchmark {
    struct Figures {
        /// Milliseconds for the two queries of a round, with the reading of the replies.
        var survey: Double
        /// Nanoseconds for finding one notebook in them.
        var join: Double
    }

    private static let budget = Duration.seconds(1_200)

    /// Medians of several runs after a warm-up, against the simulated cloud's own metrics service.
    static func figures(notebooks count: Int) async throws -> Figures {
        let ids = (0..<count).map { "11111111-2222-4333-8444-\(100_000_000_000 + $0)" }
        let scenario = Scenario(start: SimulatorTime.system.now(), notebooks: [])
        return try await withRunningSimulator(scenario, time: .system) { simulator in
            simulator.cloud.setMetrics(Dictionary(uniqueKeysWithValues: ids.map { ($0, 0.5) }))
            let (cloud, metrics) = (try ModelArtsHTTP.makeClient(), try ProbeHTTP.makeClient())
            let result: Result<Figures, any Error>
            do {
                let probe = try probe(of: simulator.access, cloud, metrics)
                result = .success(try await measure(probe, ids.map { NotebookID($0) }))
            } catch {
                result = .failure(error)
            }
            try await cloud.shutdown()
            try await metrics.shutdown()
            return try result.get()
        }
    }

    private static func measure(_ probe: PrometheusProbe, _ notebooks: [NotebookID]) async throws -> Figures {
        var (surveys, joins): ([Double], [Double]) = ([], [])
        for run in 0..<7 {
            let begin = ContinuousClock.now
            let views = await probe.survey(budgets: [budget])
            let surveyed = ContinuousClock.now
            guard let view = views[budget] else { throw Broken(text: "there is no view") }
            let idle = notebooks.count { if case .idle = view.observation(of: $0).activity { true } else { false } }
            let joined = ContinuousClock.now
            guard idle == notebooks.count else { throw Broken(text: "\(view.observation(of: notebooks[0]))") }
            guard run >= 2 else { continue }
            surveys.append((surveyed - begin) / .milliseconds(1))
            joins.append((joined - surveyed) / .nanoseconds(1) / Double(notebooks.count))
        }
        return Figures(survey: surveys.sorted()[surveys.count / 2], join: joins.sorted()[joins.count / 2])
    }

    private static func probe(
        of access: SimulatorAccess,
        _ cloud: HTTPClient,
        _ metrics: HTTPClient
    ) throws -> PrometheusProbe {
        let service = try ModelArtsNotebooks(
            settings: ServiceSettings(endpoint: access.endpoint, projectID: access.projectID),
            credentials: .accessKey(
                id: Secret(access.accessKey),
                secret: Secret(access.secretKey),
                securityToken: nil
            ),
            http: cloud,
            time: SystemTime(),
            logger: Logger(label: "benchmark") { _ in SwiftLogNoOpLogHandler() },
            jitter: { 0 }
        )
        return PrometheusProbe(
            name: EvidenceName("metrics"),
            settings: PrometheusSettings(
                endpoint: "\(access.endpoint)/v1/\(access.projectID)/aom",
                query: "max by (service_id) (max_over_time(ma_container_gpu_util[{window}]))",
                notebookLabel: "service_id",
                activeAbove: 1,
                timeout: .seconds(60)
            ),
            access: .cloud(service.signer),
            client: metrics,
            time: SystemTime()
        )
    }
}
