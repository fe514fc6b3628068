// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ActivityProbes
import ArgumentParser
import AsyncHTTPClient
import CurfewCore
import CurfewEngine
import Logging
import ModelArtsClient
import SystemdSupport

/// The ways to the cloud and to the notebooks that a policy describes, ready for use.
struct CloudAccess: Sendable {
    let service: ModelArtsNotebooks
    let probes: @Sendable (Policy) -> [EvidenceName: any ActivityProbe]

    private let cloudClient: HTTPClient
    private let probeClient: HTTPClient

    /// Builds clients and reads the secrets; a problem is told on standard error and ends the program with its code.
    init(
        _ settings: ServiceSettings,
        credentialsDirectory: String?,
        time: any TimeSource,
        logger: Logger,
        terminal: Terminal
    ) throws {
        guard let credentialsDirectory else {
            terminal.complain(
                "curfew: no directory of secrets: pass --credentials-dir DIR, or run as a unit with LoadCredential="
            )
            throw ExitStatus.notPermitted
        }
        let credentials: ModelArtsCredentials
        do {
            credentials = try CredentialFiles(directory: credentialsDirectory).read(for: settings.credentials)
        } catch {
            terminal.complain("curfew: \(error)")
            throw ExitStatus.notPermitted
        }
        try self.init(settings, credentials: credentials, time: time, logger: logger, terminal: terminal)
    }

    /// Builds clients for credentials that are already known.
    init(
        _ settings: ServiceSettings,
        credentials: ModelArtsCredentials,
        time: any TimeSource,
        logger: Logger,
        terminal: Terminal
    ) throws {
        do {
            let probeClient = try ProbeHTTP.makeClient(caFile: settings.caFile)
            cloudClient = try ModelArtsHTTP.makeClient(caFile: settings.caFile)
            self.probeClient = probeClient
            service = try ModelArtsNotebooks(
                settings: settings,
                credentials: credentials,
                http: cloudClient,
                time: time,
                logger: logger,
                jitter: { Double.random(in: 0..<1) }
            )
            probes = { policy in
                Dictionary(
                    policy.evidence.map { ($0.name, $0.probe(client: probeClient, time: time)) },
                    uniquingKeysWith: { first, _ in first }
                )
            }
        } catch {
            terminal.complain("curfew: \(error)")
            throw ExitStatus.configuration
        }
    }

    /// Closes all connections.
    func close() async throws {
        try await cloudClient.shutdown()
        try await probeClient.shutdown()
    }
}

extension EvidenceSource {
    fileprivate func probe(client: HTTPClient, time: any TimeSource) -> any ActivityProbe {
        switch kind {
        case .jupyter(let settings): JupyterProbe(name: name, settings: settings, client: client, time: time)
        }
    }
}
