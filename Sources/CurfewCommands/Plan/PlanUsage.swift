// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import AuditLedger
import CurfewCore

/// How much of the budgets of policies is used, as far as the daemon's ledger tells.
struct PlanUsage {
    /// Nil where no policy asks, or the ledger cannot be read.
    private let runs: [UsageRun]?
    private let now: Timestamp
    private let instant: Timestamp?

    /// Reads the ledger where a policy has budgets.
    ///
    /// One that was named must be readable; without the usual one, budgets are unknown, which standard error tells.
    init(
        _ policies: [Policy],
        stateDir: String?,
        now: Timestamp,
        at instant: Timestamp?,
        _ terminal: Terminal
    ) throws {
        (self.now, self.instant) = (now, instant)
        guard let longest = policies.compactMap({ UsageTerms($0)?.longest }).max() else {
            runs = nil
            return
        }
        do {
            let since = min(now, instant ?? now) - longest
            runs = try LedgerReader(directory: StateDirectory.path(stateDir)).usage(since: since, now: now)
        } catch {
            terminal.complain("curfew: \(error)")
            if stateDir != nil { throw ExitStatus.configuration }
            terminal.complain(
                "curfew: so how much of the budgets is used is unknown here; --state-dir names the ledger"
            )
            runs = nil
        }
    }

    /// What counts for the policy; nil where it has no budgets.
    func book(for policy: Policy) -> UsageBook? {
        guard let terms = UsageTerms(policy) else { return nil }
        var book = UsageBook(terms)
        guard let runs else { return book }
        if let instant, instant < now {
            book.load(runs.compactMap { $0.known(at: instant) }, now: instant)
        } else {
            book.load(runs, now: now)
        }
        return book
    }
}
