// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlClient
import ControlProtocol
import CurfewCore
import CurfewEngine
import Foundation
import UnixSignals

/// `curfew status`: what the running daemon sees.
struct StatusVerb: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Shows what the running daemon sees, and what it is about to do.",
        discussion: """
            LEASE is what is left of the lease, IN USE? what the evidence says, DEADLINE how long until a stop if nothing new
            is seen, VERDICT what is due now. The times are those of the daemon's last turn. `curfew explain NOTEBOOK` says
            more about one of them.

            EXAMPLES
              curfew status
              curfew status --watch --sort deadline
              curfew status --owner alice --json
            """
    )

    @Flag(help: "Follows the daemon until it is interrupted.")
    var watch = false

    @Option(help: "By what to sort: name, owner, deadline, idle, lease or verdict.")
    var sort: StatusOrder = .name

    @Option(help: "Only the notebooks of this owner.")
    var owner: String?

    @Option(help: "Only the notebooks of which this is decided: stop, warn, prolong or leave.")
    var action: ActionName?

    @Option(help: "Only the notebooks about which this rule decides.")
    var rule: String?

    @Flag(help: "Prints JSON; with --watch, one document per line.")
    var json = false

    @OptionGroup var control: ControlOptions

    /// The actions of decisions, as they are named everywhere.
    enum ActionName: String, ExpressibleByArgument, CaseIterable {
        case stop
        case warn
        case prolong
        case leave
    }

    func run() async throws {
        let terminal = Terminal.standard
        guard !watch else { return try await follow(terminal) }
        try await control.asking(terminal) { client in
            let answer = try await client.get(path("status"))
            if json { return terminal.bytes(answer) }
            let status = try client.decoded(StatusAnswer.self, answer)
            terminal.lines(StatusReport(status, order: sort).lines(terminal, now: SystemTime().now))
        }
    }

    private func follow(_ terminal: Terminal) async throws {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        var view = StatusView(order: sort) { Terminal.standard }
        if !json { view.begin() }
        // The terminal is given back as it was before anything else is said on it.
        let end: Result<Bool, any Error>
        do {
            let isSignalled = try await events(until: signals) { bytes in
                if json { return terminal.bytes(bytes) }
                view.show(try JSONDecoder().decode(StatusAnswer.self, from: Data(bytes)), now: SystemTime().now)
            }
            end = .success(isSignalled)
        } catch {
            end = .failure(error)
        }
        if !json { view.end() }
        do {
            if try end.get() { return }
        } catch let failure as ControlFailure {
            throw failure.told(terminal)
        }
        terminal.complain("curfew: the daemon has ended")
        throw ExitStatus.unavailable
    }

    /// Gives `each` the states of the daemon as they come; tells whether a signal ended that.
    private func events(
        until signals: UnixSignalsSequence,
        _ each: ([UInt8]) throws -> Void
    ) async throws -> Bool {
        try await withThrowingTaskGroup(of: Bool.self) { tasks in
            let (states, state) = AsyncThrowingStream<[UInt8], any Error>.makeStream(
                bufferingPolicy: .bufferingNewest(1)
            )
            let (socket, path) = (control.socket, path("events"))
            tasks.addTask {
                do {
                    try await ControlClient.with(socket: socket, patience: nil) { client in
                        try await client.follow(path) { state.yield($0) }
                    }
                    state.finish()
                } catch {
                    state.finish(throwing: error)
                }
                return false
            }
            tasks.addTask {
                for await _ in signals { break }
                state.finish()
                return true
            }
            for try await bytes in states { try each(bytes) }
            let isSignalled = try await tasks.next() ?? false
            tasks.cancelAll()
            return isSignalled
        }
    }

    private func path(_ name: String) -> ControlPath {
        let form = json ? nil : "table"
        return ControlPath(
            name,
            query: [("owner", owner), ("action", action?.rawValue), ("rule", rule), ("form", form)]
        )
    }
}
