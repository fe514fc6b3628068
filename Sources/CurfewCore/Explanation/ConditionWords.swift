// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A condition and what a notebook has of it, as parts of a sentence.
struct ConditionWords {
    /// A clause: `flavor is modelarts.vm.cpu.2u`.
    var has: String
    /// An object of "the rule wants": `*.gpu.*`.
    var wants: String
    /// The same where it stands beside others: `flavor *.gpu.*`.
    var wantsBesides: String
    /// Whether that is what the rule excludes.
    var isExcluded = false

    /// A longer text of a notebook is cut for people.
    private static let longest = 60

    private init(_ has: String, wants: String, besides: String? = nil) {
        (self.has, self.wants, wantsBesides) = (has, wants, besides ?? wants)
    }

    init(_ condition: Selector.Condition, _ context: MatchContext) {
        let notebook = context.record.notebook
        switch condition {
        case .id(let globs): self.init("id", globs, notebook.id.text)
        case .name(let globs): self.init("name", globs, notebook.name.isEmpty ? nil : notebook.name)
        case .owner(let globs): self.init("owner", globs, notebook.owner.name, notebook.owner.id)
        case .workspace(let globs): self.init("workspace", globs, notebook.workspaceID)
        case .flavor(let globs): self.init("flavor", globs, notebook.flavor)
        case .image(let globs): self.init("image", globs, notebook.image?.name, notebook.image?.id)
        case .feature(let globs): self.init("feature", globs, notebook.feature)
        case .pool(let globs):
            self.init("pool", globs, notebook.pool?.name, notebook.pool?.id)
            if notebook.pool == nil { has = "it is in no dedicated pool" }
        case .description(let globs):
            self.init("description", globs, notebook.note.map { "\"\(Self.cut($0))\"" })
            if notebook.note == nil { has = "it has no description" }
        case .tag(let key, let globs): self.init(tag: key, globs, notebook.tags)
        case .leaseType(let kinds): self.init(leaseTypes: kinds, notebook.lease.lease)
        case .marked(let wanted): self.init(marked: wanted, context)
        case .runningFor(let span):
            let running = max(.zero, context.now - context.record.runningSince)
            self.init(
                "running for \(running.spanText)",
                wants: "at least \(span.spanText)",
                besides: "running for at least \(span.spanText)"
            )
        case .during(let times):
            let place = times.contains(context.now) ? "within" : "outside"
            self.init("now is \(place) the times of the rule", wants: "a time within them")
        case .spent(let budget): self.init(Self.usage(budget, context), wants: "a spent budget")
        case .not(let selector): self.init(not: selector, context)
        }
    }

    private init(_ subject: String, _ globs: [Glob], _ texts: String?...) {
        let told = texts.compactMap(\.self)
        let has = told.first.map { first in
            "\(subject) is \(first)" + (told.count > 1 ? " (\(told[1]))" : "")
        }
        let wants = Self.alternatives(globs.map(\.pattern))
        self.init(has ?? "its \(subject) is not known", wants: wants, besides: "\(subject) \(wants)")
    }

    private init(tag key: String, _ globs: [Glob], _ tags: TagReading) {
        let has =
            switch tags {
            case .unreadable: "its tags could not be read"
            case .known(let values): values[key].map { "tag \(key) is \(Self.cut($0))" } ?? "it has no tag \(key)"
            }
        let wants = Self.alternatives(globs.map(\.pattern))
        self.init(has, wants: tags[key] == nil ? "tag \(key) \(wants)" : wants, besides: "tag \(key) \(wants)")
    }

    private init(leaseTypes kinds: [Lease.Kind], _ lease: Lease?) {
        let has = lease.map { "lease type is \($0.kind)" } ?? "its lease could not be read"
        let wants = Self.alternatives(kinds.map(\.description))
        self.init(has, wants: wants, besides: "lease type \(wants)")
    }

    private init(marked wanted: Bool, _ context: MatchContext) {
        let has =
            if let mark = context.mark {
                mark.description
            } else if context.mayBeMarked {
                "its tags could not be read, and may hold a keep-alive mark"
            } else {
                "no keep-alive mark or grant holds"
            }
        self.init(
            has,
            wants: wanted ? "one that holds" : "none",
            besides: wanted ? "a keep-alive mark or grant" : "no keep-alive mark and no grant"
        )
        if !wanted, context.mark == nil { wants = "that none does" }
    }

    private init(not selector: Selector, _ context: MatchContext) {
        let inner = selector.conditions.map { ConditionWords($0, context) }
        switch inner.count {
        case 0: self.init("it is a notebook", wants: "every one", besides: "any notebook")
        case 1: self = inner[0]
        default:
            let wants = inner.map(\.whole).joined(separator: " together with ")
            self.init(inner.map(\.has).joined(separator: ", "), wants: wants)
        }
        isExcluded.toggle()
    }

    /// What the rule wants, the exclusion included.
    private var whole: String { (isExcluded ? "anything but " : "") + wantsBesides }

    /// How much of the budget is used, or why nobody knows.
    private static func usage(_ budget: UsageBudget, _ context: MatchContext) -> String {
        if let why = context.unknown(budget) { return "nobody knows how much of the budget is used (\(why))" }
        guard let usage = context.usage, let account = usage.account(of: context.record.notebook, under: budget) else {
            return "nobody knows how much of the budget is used"
        }
        return usage.figures(of: account, at: context.now).map(\.description).joined(separator: " and ")
    }

    private static func alternatives(_ texts: [String]) -> String {
        texts.isEmpty ? "nothing that there is" : texts.map { $0.isEmpty ? "\"\"" : $0 }.joined(separator: " or ")
    }

    private static func cut(_ text: String) -> String {
        text.count > longest ? text.prefix(longest - 1) + "…" : text
    }
}
