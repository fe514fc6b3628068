// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Sends one request and receives the whole reply, bounded in time and size.
struct HTTPExchange: Sendable {
    let http: HTTPClient

    /// The whole reply.
    struct Reply: Sendable {
        let status: Int
        let headers: HTTPHeaders
        /// Nil when there was more than the limit.
        let body: [UInt8]?
    }

    /// Sends the request and waits for the end of the reply for `timeout` of real time at most.
    ///
    /// The limit is real time even where the daemon's time runs faster, because networks do not.
    func perform(
        _ request: HTTPClientRequest,
        timeout: Duration,
        bodyLimit: Int
    ) async throws(TransportFailure) -> Reply {
        let first = await withTaskGroup(of: Result<Reply, TransportFailure>?.self) { group in
            group.addTask {
                do {
                    return .success(try await receive(request, bodyLimit: bodyLimit))
                } catch {
                    return .failure(TransportFailure(error))
                }
            }
            group.addTask {
                await pass(timeout)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        // A cancelled exchange may end like a complete one that was cut short.
        if Task.isCancelled { throw TransportFailure(.cancelled, "it was cancelled") }
        guard let first else {
            throw TransportFailure(.interrupted, "no complete reply came within \(timeout)")
        }
        return try first.get()
    }

    private func receive(_ request: HTTPClientRequest, bodyLimit: Int) async throws -> Reply {
        let response = try await http.execute(request, deadline: .distantFuture)
        var body: [UInt8] = []
        let announced = response.headers.first(name: "content-length").flatMap { Int($0) }
        guard announced ?? 0 <= bodyLimit else {
            return Reply(status: Int(response.status.code), headers: response.headers, body: nil)
        }
        body.reserveCapacity(announced ?? 0)
        for try await chunk in response.body {
            guard body.count + chunk.readableBytes <= bodyLimit else {
                return Reply(status: Int(response.status.code), headers: response.headers, body: nil)
            }
            body.append(contentsOf: chunk.readableBytesView)
        }
        return Reply(status: Int(response.status.code), headers: response.headers, body: body)
    }

    /// Returns after the real time, or at once when cancelled.
    private func pass(_ time: Duration) async {
        let (seconds, attoseconds) = time.components
        let timer = http.eventLoopGroup.any().scheduleTask(
            in: .seconds(seconds) + .nanoseconds(attoseconds / 1_000_000_000)
        ) {}
        await withTaskCancellationHandler {
            // The only error is the cancellation that the handler below causes, and then nobody waits any more.
            _ = try? await timer.futureResult.get()
        } onCancel: {
            timer.cancel()
        }
    }
}
