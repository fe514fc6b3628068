// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

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
    private let probeAccess: ProbeAccess

    /// Builds clients and reads the secrets; a problem is told on standard error and ends the program with its code.
    init(
        _ policy: Policy,
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
        let files = CredentialFiles(directory: credentialsDirectory)
        let credentials: ModelArtsCredentials
        do {
            credentials = try files.read(for: policy.service.credentials)
        } catch {
            terminal.complain("curfew: \(error)")
            throw ExitStatus.notPermitted
        }
        try self.init(policy, credentials: credentials, files: files, time: time, logger: logger, terminal: terminal)
        do {
            try probeAccess.checkSecrets(policy.evidence)
        } catch {
            terminal.complain("curfew: \(error)")
            throw ExitStatus.notPermitted
        }
    }

    /// Builds clients for credentials that are already known.
    init(
        _ policy: Policy,
        credentials: ModelArtsCredentials,
        files: CredentialFiles? = nil,
        time: any TimeSource,
        logger: Logger,
        terminal: Terminal
    ) throws {
        do {
            let settings = policy.service
            cloudClient = try ModelArtsHTTP.makeClient(caFile: settings.caFile)
            service = try ModelArtsNotebooks(
                settings: settings,
                credentials: credentials,
                http: cloudClient,
                time: time,
                logger: logger,
                jitter: { Double.random(in: 0..<1) }
            )
            let probeAccess = ProbeAccess(
                caFile: settings.caFile,
                files: files,
                signer: service.signer,
                time: time
            )
            try probeAccess.check(policy.evidence)
            self.probeAccess = probeAccess
            probes = probeAccess.probes
        } catch {
            terminal.complain("curfew: \(error)")
            throw ExitStatus.configuration
        }
    }

    /// Closes all connections.
    func close() async throws {
        try await cloudClient.shutdown()
        try await probeAccess.close()
    }
}
