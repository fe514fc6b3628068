// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// Runs programs, at most so many at a time; the others wait for a place as long as they themselves may run.
///
/// A thread attends each program, because waiting for pipes and processes at once blocks; threads are made when there is
/// work and end with it.
package final class ChildCrew: Sendable {
    private struct Job: Sendable {
        let program: ChildProgram
        let handle: ChildHandle
        let startBefore: SuspendingClock.Instant
        let answer: CheckedContinuation<ChildResult, Never>
    }

    private struct State {
        var running = 0
        var waiting: [Job] = []
    }

    private let limit: Int
    private let state = Mutex(State())

    package init(limit: Int) {
        self.limit = max(1, limit)
    }

    /// How many programs have a place.
    var running: Int { state.withLock { $0.running } }
    /// How many wait for one.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Runs the program; when the task is cancelled, it is ended.
    package func run(_ program: ChildProgram) async -> ChildResult {
        let handle = ChildHandle()
        let startBefore = SuspendingClock().now + program.timeout
        return await withTaskCancellationHandler {
            await withCheckedContinuation { answer in
                enter(Job(program: program, handle: handle, startBefore: startBefore, answer: answer))
            }
        } onCancel: {
            handle.cancel()
        }
    }

    private func enter(_ job: Job) {
        let mayBegin = state.withLock { state in
            guard state.running < limit else {
                state.waiting.append(job)
                return false
            }
            state.running += 1
            return true
        }
        guard mayBegin else { return }
        Thread.detachNewThread { self.work(job) }
    }

    /// Attends one program after the other until none waits.
    private func work(_ first: Job) {
        BrokenPipes.ignoreInThisThread()
        attend(first)
        while let job = nextWaiting() {
            if SuspendingClock().now > job.startBefore {
                end(job, .noPlace(limit: limit))
            } else {
                attend(job)
            }
        }
    }

    /// The one that has waited longest; without one, the place of this thread is free.
    private func nextWaiting() -> Job? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
    }

    private func attend(_ job: Job) {
        if job.handle.isCancelled { return end(job, .cancelled) }
        do throws(SpawnFailure) {
            let run = try ChildRun(job.program, handle: job.handle)
            job.answer.resume(returning: run.result())
            run.reap()
        } catch {
            end(job, .notStarted(error.code))
        }
    }

    /// Answers for a program that did not run.
    private func end(_ job: Job, _ ending: ChildResult.Ending) {
        job.answer.resume(returning: ChildResult(ending: ending, output: [], errors: []))
    }
}
