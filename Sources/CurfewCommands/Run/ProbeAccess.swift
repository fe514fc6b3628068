// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ActivityProbes
import AsyncHTTPClient
import CurfewCore
import CurfewEngine
import ModelArtsClient
import Synchronization
import SystemdSupport

/// Makes the probes of a policy, with the clients and secrets that they need.
///
/// A source whose secret or authorities cannot be read gets a probe that says so of every notebook: unknown stops nothing,
/// and the other sources go on.
final class ProbeAccess: Sendable {
    private let caFile: String?
    private let files: CredentialFiles?
    private let signer: any CloudSigner
    private let time: any TimeSource
    /// One client for each file of authorities; the key is empty where there is none.
    private let clients = Mutex<[String: HTTPClient]>([:])

    init(caFile: String?, files: CredentialFiles?, signer: any CloudSigner, time: any TimeSource) {
        (self.caFile, self.files, self.signer, self.time) = (caFile, files, signer, time)
    }

    /// Throws when a source of the policy that the program begins with cannot be asked.
    func check(_ sources: [EvidenceSource]) throws {
        _ = try client(caFile: caFile)
        for case .prometheus(let settings) in sources.map(\.kind) { _ = try client(caFile: settings.caFile ?? caFile) }
    }

    /// Throws when the secret of a source cannot be read.
    func checkSecrets(_ sources: [EvidenceSource]) throws(CredentialError) {
        for source in sources {
            if case .prometheus(let settings) = source.kind { _ = try access(for: source.name, settings) }
        }
    }

    func probes(_ policy: Policy) -> [EvidenceName: any ActivityProbe] {
        Dictionary(policy.evidence.map { ($0.name, probe($0)) }, uniquingKeysWith: { first, _ in first })
    }

    /// Closes all connections.
    func close() async throws {
        let open = clients.withLock { clients in
            defer { clients = [:] }
            return Array(clients.values)
        }
        for client in open { try await client.shutdown() }
    }

    private func probe(_ source: EvidenceSource) -> any ActivityProbe {
        do {
            switch source.kind {
            case .jupyter(let settings):
                return JupyterProbe(
                    name: source.name,
                    settings: settings,
                    client: try client(caFile: caFile),
                    time: time
                )
            case .prometheus(let settings):
                return PrometheusProbe(
                    name: source.name,
                    settings: settings,
                    access: try access(for: source.name, settings),
                    client: try client(caFile: settings.caFile ?? caFile),
                    time: time
                )
            case .command(let settings):
                return CommandProbe(name: source.name, settings: settings, run: settings.runner, time: time)
            }
        } catch {
            return UnusableSource(name: source.name, why: "\(error)", time: time)
        }
    }

    private func access(
        for source: EvidenceName,
        _ settings: PrometheusSettings
    ) throws(CredentialError) -> PrometheusAccess {
        let files = files ?? CredentialFiles(directory: "")
        return switch settings.authentication {
        case .none: .open
        case .bearer: .bearer(try files.token(of: source))
        case .basic(let user): .basic(user: user, password: try files.password(of: source))
        case .cloud: .cloud(signer)
        }
    }

    private func client(caFile: String?) throws -> HTTPClient {
        try clients.withLock { clients in
            if let client = clients[caFile ?? ""] { return client }
            let client = try ProbeHTTP.makeClient(caFile: caFile)
            clients[caFile ?? ""] = client
            return client
        }
    }
}

/// Stands for a source that cannot be asked.
private struct UnusableSource: ActivityProbe {
    let name: EvidenceName
    let why: String
    let time: any TimeSource

    func observe(_ notebook: Notebook, budget: Duration) async -> Observation {
        Observation(source: name, activity: .unknown(.refused(why)), observedAt: time.now)
    }
}

extension CommandSettings {
    /// Runs the command in processes of its own, within the bounds of the settings.
    fileprivate var runner: CommandRunner {
        let crew = ChildCrew(limit: concurrency)
        return { [timeout] command, input in
            let result = await crew.run(ChildProgram(command, input: input, timeout: timeout))
            return CommandRun(output: result.output, errors: result.errors, failure: result.ending.failure)
        }
    }
}
