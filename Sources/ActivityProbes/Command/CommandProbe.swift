// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore
package import CurfewEngine

/// Asks a program of the site whether a notebook is in use: for what only the site knows, such as SSH sessions or a queue
/// of jobs.
///
/// The program gets the notebook as JSON on its standard input, without address and token, and answers one JSON object.
/// Whatever goes wrong is unknown, never idle (D2, D3).
package struct CommandProbe: ActivityProbe {
    private let name: EvidenceName
    private let settings: CommandSettings
    private let run: CommandRunner
    private let time: any TimeSource

    package init(name: EvidenceName, settings: CommandSettings, run: @escaping CommandRunner, time: any TimeSource) {
        self.name = name
        self.settings = settings
        self.run = run
        self.time = time
    }

    /// Looks at the notebook now; the runner bounds the time, and the program is told the budget.
    package func observe(_ notebook: Notebook, budget: Duration) async -> Observation {
        let askedAt = time.now
        do throws(ProbeFailure) {
            let question = try CommandQuestion(notebook, idleBudget: budget).bytes
            let answer = try CommandAnswer(await run(settings.command, question))
            return try observation(answer, askedAt: askedAt)
        } catch {
            return Observation(source: name, activity: .unknown(error.reason), observedAt: time.now)
        }
    }

    /// Takes idleness as of when the program was asked, since it may have measured right then; use counts as of now.
    private func observation(_ answer: CommandAnswer, askedAt: Timestamp) throws(ProbeFailure) -> Observation {
        let now = time.now
        let activity = try answer.activity(now: now)
        if case .idle(let since) = activity {
            let idle = Activity.idle(since: min(since, askedAt))
            return Observation(source: name, activity: idle, observedAt: askedAt, detail: answer.detail)
        }
        return Observation(source: name, activity: activity, observedAt: now, detail: answer.detail)
    }
}
