// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import Logging
import PolicyFile
import SystemdSupport

/// Reloads the policy, one time after the other; a file that cannot be used changes nothing but the journal.
actor PolicyReloader {
    private let source: PolicySource
    private let engine: Engine
    private let manager: ServiceManager
    private let logger: Logger
    /// The policy that is in force.
    nonisolated let inForce: PolicyInForce

    init(source: PolicySource, engine: Engine, manager: ServiceManager, logger: Logger, inForce: PolicyInForce) {
        (self.source, self.engine, self.manager) = (source, engine, manager)
        (self.logger, self.inForce) = (logger, inForce)
    }

    /// What came of a reload.
    enum Outcome: Sendable {
        /// The policy is in force from the loop's next turn on; there may be warnings.
        case taken([Diagnostic])
        /// The one before stays in force.
        case refused(why: String, [Diagnostic])
    }

    /// Reads the file and hands a good policy to the loop; the service manager hears of it.
    func reload() -> Outcome {
        manager.notifyReloading()
        defer { manager.notify(.ready) }
        let load = source.load()
        for diagnostic in load.diagnostics {
            logger.log(level: diagnostic.severity == .error ? .error : .warning, "\(diagnostic)", metadata: messageID)
        }
        guard let policy = load.policy else { return refuse("\(source.path) has errors", load) }
        guard policy.service.reachesTheSame(as: inForce.policy.service) else {
            return refuse("`service` changed (all but pollEvery takes effect at the next start): restart curfew", load)
        }
        engine.send(.reload(policy))
        inForce.take(policy)
        return .taken(load.diagnostics)
    }

    private func refuse(_ why: String, _ load: PolicyLoad) -> Outcome {
        logger.error("the policy was not reloaded, the one before stays in force: \(why)", metadata: messageID)
        manager.notify(.status("policy not reloaded: \(why)"))
        return .refused(why: why, load.diagnostics)
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
