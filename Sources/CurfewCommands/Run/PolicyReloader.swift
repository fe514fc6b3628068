// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import Logging
import PolicyFile
import ServiceLifecycle
import Synchronization
import SystemdSupport
import UnixSignals

/// Reloads the policy on SIGHUP; a file that cannot be used changes nothing but the journal.
struct PolicyReloader: Service {
    private let hangups: UnixSignalsSequence
    private let source: PolicySource
    private let engine: Engine
    private let manager: ServiceManager
    private let logger: Logger
    private let active: ServiceSettings

    /// `hangups` must trap SIGHUP already.
    init(
        hangups: UnixSignalsSequence,
        source: PolicySource,
        engine: Engine,
        manager: ServiceManager,
        logger: Logger,
        active: Policy
    ) {
        self.hangups = hangups
        self.source = source
        self.engine = engine
        self.manager = manager
        self.logger = logger
        self.active = active.service
    }

    func run() async throws {
        for await _ in hangups.cancelOnGracefulShutdown() {
            manager.notifyReloading()
            reload()
            manager.notify(.ready)
        }
    }

    private func reload() {
        let load = source.load()
        for diagnostic in load.diagnostics {
            logger.log(level: diagnostic.severity == .error ? .error : .warning, "\(diagnostic)", metadata: messageID)
        }
        guard let policy = load.policy else {
            refuse("\(source.path) has errors")
            return
        }
        guard policy.service.reachesTheSame(as: active) else {
            refuse("`service` changed (all but pollEvery takes effect at the next start): restart curfew")
            return
        }
        engine.send(.reload(policy))
    }

    private func refuse(_ why: String) {
        logger.error("the policy was not reloaded, the one before stays in force: \(why)", metadata: messageID)
        manager.notify(.status("policy not reloaded: \(why)"))
    }

    private var messageID: Logger.Metadata { ["message.id": "\(MessageID.policy.rawValue)"] }
}

extension ServiceSettings {
    /// Whether both settings lead to the same cloud with the same identity.
    fileprivate func reachesTheSame(as other: ServiceSettings) -> Bool {
        var copy = self
        copy.pollEvery = other.pollEvery
        return copy == other
    }
}
