// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import CurfewEngine
import Synchronization

/// What has happened in the demonstration so far, collected from the engine's own reports.
final class DemoStory: Sendable {
    /// One line worth telling.
    struct Line: Sendable {
        let at: Timestamp
        let text: String
        let style: Terminal.Style?
    }

    private struct State {
        var lines: [Line] = []
        var taken = 0
        /// What was last told of each notebook that is left alone.
        var tales: [NotebookID: String] = [:]
        var stopped: [NotebookID: Timestamp] = [:]
        var prolonged: [NotebookID: Int] = [:]
        var warned = 0
        var spared = 0
    }

    private let state = Mutex(State())
    private let time: any TimeSource

    init(time: any TimeSource) {
        self.time = time
    }

    /// Takes a report of the engine.
    func take(_ report: EngineReport) {
        let now = time.now
        state.withLock { state in
            switch report {
            case .ended(let decision, let notebook, .confirmed): Self.done(decision, notebook, now, &state)
            case .ended(let decision, let notebook, .overtaken(let reasons)) where decision.action == .stop:
                state.spared += 1
                let why = reasons.first?.description ?? "something changed"
                state.lines.append(
                    Line(at: now, text: "\(notebook.name): not stopped after all: \(why)", style: .green)
                )
            case .warned(let decision, let notebook, _):
                state.warned += 1
                state.lines.append(Line(at: now, text: "\(notebook.name): \(decision.story)", style: .yellow))
            case .decided(let decision, let notebook, _):
                guard let text = decision.tale, state.tales.updateValue(text, forKey: notebook.id) != text else {
                    return
                }
                state.lines.append(Line(at: now, text: "\(notebook.name): \(text)", style: nil))
            case .becameStuck(_, let notebook, let text), .tryFailed(_, let notebook, let text):
                state.lines.append(Line(at: now, text: "\(notebook.name): \(text)", style: .red))
            default: break
            }
        }
    }

    private static func done(_ decision: Decision, _ notebook: Notebook, _ now: Timestamp, _ state: inout State) {
        let why = decision.story
        if case .stop = decision.action {
            state.stopped[notebook.id] = now
            state.lines.append(Line(at: now, text: "\(notebook.name): STOPPED: \(why)", style: .red))
        } else {
            state.prolonged[notebook.id, default: 0] += 1
            let until = notebook.lease.lease?.expiry.map { " until \($0.clock)" } ?? ""
            state.lines.append(Line(at: now, text: "\(notebook.name): lease prolonged\(until): \(why)", style: .green))
        }
    }

    /// The lines that came since the last call.
    func newLines() -> [Line] {
        state.withLock { state in
            defer { state.taken = state.lines.count }
            return Array(state.lines[state.taken...])
        }
    }

    /// The latest lines, oldest first.
    func lastLines(_ count: Int) -> [Line] { state.withLock { Array($0.lines.suffix(count)) } }

    /// When each stopped notebook was stopped.
    var stopped: [NotebookID: Timestamp] { state.withLock { $0.stopped } }

    /// How often each lease was prolonged.
    var prolonged: [NotebookID: Int] { state.withLock { $0.prolonged } }

    /// How many warnings were given, and how many stops were called off on fresh facts.
    var counts: (warned: Int, spared: Int) { state.withLock { ($0.warned, $0.spared) } }
}

extension Decision {
    /// The grounds in short.
    fileprivate var story: String { reasons.compactMap(\.shortText).joined(separator: "; ") }

    /// What a newcomer wants to hear of a decision to leave a notebook alone; nil for what the table shows anyway.
    fileprivate var tale: String? {
        guard action == .leave else { return nil }
        for reason in reasons {
            switch reason {
            case .exempt: return "never touched: rule \"\(rule ?? "")\""
            case .evidenceUnknown(_, .notObserved): return nil
            case .evidenceUnknown: return "its server does not answer, so it is left alone"
            case .keptAlive: return "kept alive: its user marked it"
            default: continue
            }
        }
        return nil
    }
}

extension Reason {
    /// The ground for somebody who watches a day pass: times of day, whole minutes, and nothing that is plain anyway.
    fileprivate var shortText: String? {
        switch self {
        case .active: "in use"
        case .leaseEnding(let left): "only \(left.inMinutes) of its lease left"
        case .withinBudget(let idle, let budget):
            idle < .seconds(300) ? nil : "idle for \(idle.inMinutes) of \(budget.spanText)"
        case .idleBudgetSpent(let idle, let budget): "idle for \(idle.inMinutes), budget \(budget.spanText)"
        case .warningDue(let stopAt): "warned: will be stopped at \(stopAt.clock)"
        case .warned(let at, _): "warned at \(at.clock)"
        default: description
        }
    }
}

extension Duration {
    /// The span in whole minutes.
    var inMinutes: String {
        let minutes = Duration.seconds(Int64((self / .seconds(60)).rounded()) * 60)
        return minutes > .zero ? minutes.spanText : "less than a minute"
    }
}

extension Timestamp {
    /// The time of day, `09:05`.
    var clock: String {
        let (hour, minute) = (civil.time.hour, civil.time.minute)
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}
