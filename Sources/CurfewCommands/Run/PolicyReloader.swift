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
    /// The reload that was asked for last; the next one waits for it.
    private var last: Task<Outcome, Never>?
    /// The policy that is in force.
    nonisolated let inForce: PolicyInForce

    init(source: PolicySource, engine: Engine, manager: ServiceManager, logger: Logger, inForce: PolicyInForce) {
        (self.source, self.engine, self.manager) = (source, engine, manager)
        (self.logger, self.inForce) = (logger, inForce)
    }

    /// What came of a reload.
    enum Outcome: Sendable {
        /// The policy is in force; there may be warnings.
        case taken([Diagnostic], notKept: String?)
        /// It is sound, but the daemon is ending.
        case ending(ActRefusal)
        /// The one before stays in force.
        case refused(why: String, [Diagnostic])
    }

    /// Reads the file and hands a good policy to the loop; the service manager hears of it.
    ///
    /// With the person who asks for it, it returns once the policy is in force and the ledger knows by whom; without one,
    /// for a signal, the loop takes it with one of its next turns.
    func reload(by person: String? = nil) async -> Outcome {
        let earlier = last
        // Not the caller's child: who went away meanwhile does not leave a reload half done.
        let reload = Task {
            _ = await earlier?.value
            return await self.reloadNow(by: person)
        }
        last = reload
        return await reload.value
    }

    private func reloadNow(by person: String?) async -> Outcome {
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
        ControlAccess.warnOfMissingGroup(in: policy, logger)
        guard let person else {
            engine.send(.reload(policy))
            inForce.take(policy)
            return .taken(load.diagnostics, notKept: nil)
        }
        do throws(ActRefusal) {
            let outcome = try await engine.perform(OperatorAct(.reload(policy), by: person))
            inForce.take(policy)
            guard case .reloaded(let notKept) = outcome else { return .taken(load.diagnostics, notKept: nil) }
            return .taken(load.diagnostics, notKept: notKept)
        } catch {
            return .ending(error)
        }
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
