// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlClient
import ControlProtocol

/// `curfew freeze`: holds all stops by hand.
struct Freeze: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Holds all stops until `curfew thaw`.",
        discussion: """
            No stop is sent any more, whatever the policy says; leases are prolonged as before. It outlasts a restart of the
            daemon. `curfew status` says who froze the stops and why.

            EXAMPLE
              curfew freeze --reason "the storage is being moved"
            """
    )

    @Option(help: "Why, for whoever asks later.")
    var reason: String

    @Flag(help: "Prints JSON.")
    var json = false

    @OptionGroup var control: ControlOptions

    func validate() throws { try ReasonArgument.validate(reason) }

    func run() async throws {
        let terminal = Terminal.standard
        try await control.asking(terminal) { client in
            let answer = try await client.post(ControlPath("freeze"), FreezeDocument(reason: reason))
            try terminal.done(answer, client, json: json)
        }
    }
}

/// `curfew thaw`: ends what `freeze` began.
struct Thaw: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Ends a freeze by hand.",
        discussion: """
            Stops go out again, spread over a while where many are due; each is decided and verified anew. Holds of the
            guards stay.

            EXAMPLE
              curfew thaw
            """
    )

    @Flag(help: "Prints JSON.")
    var json = false

    @OptionGroup var control: ControlOptions

    func run() async throws {
        let terminal = Terminal.standard
        try await control.asking(terminal) { client in
            try terminal.done(try await client.post(ControlPath("thaw")), client, json: json)
        }
    }
}

/// What people give as a reason.
enum ReasonArgument {
    /// Refuses before the daemon is asked what it would refuse.
    static func validate(_ reason: String) throws {
        do throws(InvalidBody) {
            _ = try ActReason.checked(reason)
        } catch {
            throw ValidationError("--reason: \(error).")
        }
    }
}

extension Terminal {
    /// Prints what came of an act.
    func done(_ answer: [UInt8], _ client: ControlClient, json: Bool) throws(ControlFailure) {
        if json { return bytes(answer) }
        line(try client.decoded(DoneDocument.self, answer).text.printable)
    }
}
