// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Who has used how much, as far as it was seen: what the `spent` conditions of a policy are answered from.
///
/// A value without a clock. It is told when runs begin and end; from these it keeps one curve per group and measure, and
/// one standing per group and budget, so that an answer costs the same however many notebooks a group has. Nothing is
/// known before `load`, and what is not known is neither within a budget nor over it.
package struct UsageBook: Sendable {
    package private(set) var terms: UsageTerms
    /// Whether the runs of earlier times are known.
    package private(set) var isKnown = false
    var curves: [CurveID: UsageCurve] = [:]
    /// What runs now, as what, and since when it counts.
    private var running: [NotebookID: (traits: RunTraits, since: Timestamp)] = [:]
    /// What ran when the daemon before this one was last alive.
    private var earlier: [NotebookID: (traits: RunTraits, until: Timestamp)] = [:]
    /// Until when the last run of a notebook was counted: no moment of it may count twice.
    private var countedUntil: [NotebookID: Timestamp] = [:]
    private var members: [UsageGroup: Set<NotebookID>] = [:]
    /// Names of owners that are told apart by an id.
    private var names: [UsageGroup: String] = [:]
    /// Groups that something began or ended in since their standings were judged.
    private var dirty: Set<UsageGroup> = []
    private var standings: [UsageAccount: UsageStanding] = [:]
    /// The first instant at which some account can stand otherwise; nil for never.
    package private(set) var changesAt: Timestamp?
    private var tidiedAt: Timestamp = .distantPast

    struct CurveID: Hashable, Sendable {
        let group: UsageGroup
        let meter: UsageMeasure.Meter
    }

    package init(_ terms: UsageTerms) {
        self.terms = terms
    }

    /// Goes on under other terms that what was summed serves, too.
    package mutating func adopt(_ terms: UsageTerms) {
        self.terms = terms
        standings = [:]
        dirty = Set(members.keys)
    }

    // MARK: - What happened

    /// Takes over what earlier daemons, and this one, have seen; forgets what was known before.
    ///
    /// A run is never counted beyond `now`, twice, or with a negative length, whatever the rows say.
    package mutating func load(_ runs: [UsageRun], now: Timestamp) {
        self = UsageBook(terms)
        isKnown = true
        let horizon = now - terms.longest
        for run in runs.sorted(by: { $0.began < $1.began }) where running[run.notebook] == nil {
            let counted = run.counted(from: max(countedUntil[run.notebook] ?? horizon, horizon), now: now)
            switch run.end {
            case .ended: count(run, counted)
            case .lastSeen:
                count(run, counted)
                earlier[run.notebook] = (run.traits, counted.end)
            case .ongoing: began(run.notebook, run.traits, at: counted.start)
            }
        }
    }

    /// Notes that the notebook runs from `instant` on; where it ran already, it counts as what it is now from then on.
    package mutating func began(_ notebook: NotebookID, _ traits: RunTraits, at instant: Timestamp) {
        guard isKnown else { return }
        ended(notebook, at: instant)
        earlier[notebook] = nil
        let since = max(instant, countedUntil[notebook] ?? instant)
        running[notebook] = (traits, since)
        turn(notebook, traits, on: true, at: since)
    }

    /// Notes that the notebook has been running all the time since it was last seen before this daemon began; false when
    /// no such run is known.
    package mutating func continued(_ notebook: NotebookID) -> Bool {
        guard isKnown, running[notebook] == nil, let run = earlier.removeValue(forKey: notebook) else { return false }
        running[notebook] = (run.traits, run.until)
        turn(notebook, run.traits, on: true, at: run.until)
        return true
    }

    /// Notes that the notebook does not run any more.
    package mutating func ended(_ notebook: NotebookID, at instant: Timestamp) {
        earlier[notebook] = nil
        guard let run = running.removeValue(forKey: notebook) else { return }
        let end = max(instant, run.since)
        countedUntil[notebook] = end
        turn(notebook, run.traits, on: false, at: end)
    }

    package func isRunning(_ notebook: NotebookID) -> Bool { running[notebook] != nil }

    /// Takes back what counts for instants after `now`, after the clock was set back.
    package mutating func clockSetBack(to now: Timestamp) {
        for (id, run) in running { running[id] = (run.traits, min(run.since, now)) }
        for (id, run) in earlier { earlier[id] = (run.traits, min(run.until, now)) }
        countedUntil = countedUntil.mapValues { min($0, now) }
        for (id, curve) in curves where curve.lastChange > now { curves[id]?.truncate(at: now, rate: curve.rate) }
        dirty.formUnion(curves.keys.map(\.group))
        tidiedAt = min(tidiedAt, now)
    }

    private mutating func count(_ run: UsageRun, _ counted: (start: Timestamp, end: Timestamp)) {
        earlier[run.notebook] = nil
        countedUntil[run.notebook] = counted.end
        turn(run.notebook, run.traits, on: true, at: counted.start)
        turn(run.notebook, run.traits, on: false, at: counted.end)
    }

    private mutating func turn(_ notebook: NotebookID, _ traits: RunTraits, on: Bool, at instant: Timestamp) {
        let price = terms.prices?.price(of: traits.flavor)
        for measure in terms.measures {
            guard let group = traits.group(measure.per, of: notebook) else { continue }
            let rate = measure.meter.rate(at: price)
            if rate != 0 {
                curves[CurveID(group: group, meter: measure.meter), default: UsageCurve()]
                    .change(rate: on ? rate : -rate, at: instant)
            }
            dirty.insert(group)
            if on { members[group, default: []].insert(notebook) } else { members[group]?.remove(notebook) }
            if measure.per == .owner, let name = traits.owner.name { names[group] = name }
        }
    }

    // MARK: - How accounts stand

    /// Judges the accounts anew that stand otherwise at `now` than they were judged, or may; gives those that do, always
    /// in the same order.
    package mutating func advance(to now: Timestamp) -> [UsageAccount] {
        guard isKnown else { return [] }
        if dirty.isEmpty, changesAt.map({ now < $0 }) ?? true { return [] }
        var due = Set(standings.lazy.filter { !$0.value.holds(at: now) }.map(\.key))
        for group in dirty {
            for budget in terms.budgets where budget.per == group.per {
                due.insert(UsageAccount(budget: budget, group: group))
            }
        }
        dirty = []
        var flipped: [UsageAccount] = []
        for account in due {
            let standing = judge(account, at: now)
            if !standing.agrees(with: standings[account]) { flipped.append(account) }
            standings[account] = standing
        }
        tidy(now: now)
        changesAt = standings.values.lazy.compactMap(\.changesAt).min()
        return flipped.sorted { ($0.group.key, "\($0.budget)") < ($1.group.key, "\($1.budget)") }
    }

    /// How an account stands, exact at `now`; nil where usage is not known.
    package func standing(of account: UsageAccount, at now: Timestamp) -> UsageStanding? {
        guard isKnown else { return nil }
        if let standing = standings[account], standing.holds(at: now), !dirty.contains(account.group) {
            return standing
        }
        return terms.budgets.contains(account.budget) ? judge(account, at: now) : nil
    }

    /// The account of the notebook; nil where it does not tell to which group it belongs.
    package func account(of notebook: Notebook, under budget: UsageBudget) -> UsageAccount? {
        let told = RunTraits(notebook)
        guard let group = told.group(budget.per, of: notebook.id) else { return nil }
        // A reply may name an owner without the id that this run is known by.
        let known = running[notebook.id].flatMap { $0.traits.updated(by: told).group(budget.per, of: notebook.id) }
        return UsageAccount(budget: budget, group: known ?? group)
    }

    /// What the account has used of each of its limits.
    package func figures(of account: UsageAccount, at now: Timestamp) -> [UsageFigure] {
        let window = window(of: account, at: now)
        return account.budget.limits.map { meter, limit in
            let used = curves[CurveID(group: account.group, meter: meter)]?.used(in: window, at: now) ?? 0
            let isNear = account.budget.warningThreshold(limit).map { used >= $0 } ?? false
            return UsageFigure(
                used: amount(used, meter),
                limit: amount(limit, meter),
                state: used > limit ? .over : (isNear ? .nearlySpent : .within),
                whose: whose(account.group),
                within: account.budget.within
            )
        }
    }

    /// The window of the account's budget at `now`.
    package func window(of account: UsageAccount, at now: Timestamp) -> UsageWindow {
        // Asking a calendar takes longer than all the rest.
        if let window = standings[account]?.window, window.holds(at: now) { return window }
        return UsageWindow(account.budget.within, at: now, zone: terms.zone)
    }

    /// The notebooks of the group that run now, always in the same order.
    package func members(of group: UsageGroup) -> [NotebookID] {
        (members[group] ?? []).sorted { $0.text < $1.text }
    }

    private func judge(_ account: UsageAccount, at now: Timestamp) -> UsageStanding {
        let window = window(of: account, at: now)
        var standing = UsageStanding(verdict: .within, isNearlySpent: false, judgedAt: now, window: window)
        guard members[account.group] != nil else { return standing }
        func reaches(_ threshold: Int128, _ meter: UsageMeasure.Meter) -> Bool {
            guard let curve = curves[CurveID(group: account.group, meter: meter)] else { return false }
            let flip = curve.nextFlip(of: threshold, in: window, after: now)
            standing.changesAt = Planner.earliest(standing.changesAt, flip)
            return curve.used(in: window, at: now) >= threshold
        }
        for (meter, limit) in account.budget.limits {
            let isUnpriced = meter == .cost && reaches(1, .unpriced)
            let isOver = reaches(limit + 1, meter)
            if let warning = account.budget.warningThreshold(limit), reaches(warning, meter), !isUnpriced {
                standing.isNearlySpent = true
            }
            switch (isUnpriced, isOver, standing.verdict) {
            case (false, true, _): standing.verdict = .over
            case (true, _, .within): standing.verdict = .unknown
            default: break
            }
        }
        return standing
    }

    private func amount(_ amount: Int128, _ meter: UsageMeasure.Meter) -> UsageFigure.Amount {
        guard meter == .cost else { return .time(.milliseconds(Int64(clamping: amount))) }
        let money = Money(tenThousandths: Int64(clamping: amount / UsageBudget.millisecondsPerHour))
        return .money(money, currency: terms.prices?.currency ?? "")
    }

    func whose(_ group: UsageGroup) -> String {
        group.per == .notebook ? "this notebook" : "\(group.per) \(names[group] ?? group.key)"
    }

    /// Drops what no window needs any more, now and then.
    private mutating func tidy(now: Timestamp) {
        guard now - tidiedAt >= .seconds(3_600) else { return }
        tidiedAt = now
        let horizon = now - terms.longest
        for (id, curve) in curves {
            if members[id.group]?.isEmpty ?? true, curve.lastChange < horizon {
                curves[id] = nil
            } else {
                curves[id]?.prune(before: horizon)
            }
        }
        let live = Set(curves.keys.map(\.group))
        members = members.filter { !$1.isEmpty || live.contains($0) }
        names = names.filter { members[$0.key] != nil }
        standings = standings.filter { members[$0.key.group] != nil }
        countedUntil = countedUntil.filter { $0.value >= horizon }
    }
}
