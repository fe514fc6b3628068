// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import AsyncHTTPClient
package import CurfewCore
package import CurfewEngine

/// Asks a metrics service with the HTTP API of Prometheus which notebooks were in use lately.
///
/// One query tells about the whole fleet. Whatever goes wrong, and whatever the service does not say of a notebook, is
/// unknown, never idle (D1 to D4).
package struct PrometheusProbe: FleetProbe {
    private let name: EvidenceName
    /// For looks that prepare: they wait for each other.
    private let relaxed: QueryRounds
    /// For looks that a stop rests on: each begins as soon as the one before has ended.
    private let urgent: QueryRounds

    /// The longest that a look which prepares waits for others to share its query.
    private static let longestGap = Duration.seconds(1)

    /// The client comes from `ProbeHTTP.makeClient`, so that it follows no redirect, and outlives the probe.
    package init(
        name: EvidenceName,
        settings: PrometheusSettings,
        access: PrometheusAccess,
        client: HTTPClient,
        time: any TimeSource
    ) {
        let conversation = PrometheusConversation(
            source: name,
            settings: settings,
            access: access,
            reader: HTTPReader(client: client, time: time)
        )
        self.name = name
        relaxed = QueryRounds(time: time, longestGap: Self.longestGap, ask: conversation.views)
        urgent = QueryRounds(time: time, longestGap: .zero, ask: conversation.views)
    }

    package func observe(_ notebook: Notebook, budget: Duration) async -> Observation {
        await observation(of: notebook, in: urgent.answer(for: [budget])[budget])
    }

    package func glance(at notebook: Notebook, budget: Duration) async -> Observation {
        await observation(of: notebook, in: relaxed.answer(for: [budget])[budget])
    }

    package func survey(budgets: [Duration]) async -> [Duration: any FleetView] {
        await relaxed.answer(for: Set(budgets))
    }

    private func observation(of notebook: Notebook, in view: PrometheusView?) -> Observation {
        view?.observation(of: notebook.id)
            ?? Observation(source: name, activity: .unknown(.noSuchSource), observedAt: .distantPast)
    }
}
