// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import NIOCore

/// A bound in real time on work that waits for the network.
///
/// NIO's timer is used and not `TimeSource`: a server does not answer faster because a demonstration runs its day in a
/// minute.
enum NetworkDeadline {
    /// Runs `work` for at most `limit`; past that it is cancelled and the result is a failure that says so.
    static func bounded<Value: Sendable>(
        by limit: Duration,
        on eventLoop: any EventLoop,
        _ work: @escaping @Sendable () async throws(ProbeFailure) -> Value
    ) async throws(ProbeFailure) -> Value {
        let first = await withTaskGroup(of: Result<Value, ProbeFailure>.self) { group in
            group.addTask {
                do throws(ProbeFailure) {
                    return .success(try await work())
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                await expiry(after: limit, on: eventLoop)
                return .failure(ProbeFailure(.unreachable("no complete answer within \(limit)")))
            }
            defer { group.cancelAll() }
            return await group.next()
        }
        guard let first else { throw ProbeFailure(.unreachable("cancelled")) }
        return try first.get()
    }

    /// Returns after `limit`, or at once when the task is cancelled.
    private static func expiry(after limit: Duration, on eventLoop: any EventLoop) async {
        let timer = eventLoop.scheduleTask(in: .nanoseconds(limit.wholeNanoseconds)) {}
        await withTaskCancellationHandler {
            // The only error is the timer's own cancellation, which is the other way to return.
            try? await timer.futureResult.get()
        } onCancel: {
            timer.cancel()
        }
    }
}

extension Duration {
    /// The span in nanoseconds, held at what `Int64` can carry (292 years).
    var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, carry) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        return overflow || carry ? (seconds < 0 ? .min : .max) : sum
    }
}
