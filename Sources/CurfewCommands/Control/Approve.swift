// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlClient
import ControlProtocol
import CurfewCore
import Foundation

/// `curfew approve`: lets stops go that the guard against too many stops holds.
struct Approve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lets the stops go that the guard against too many stops holds.",
        discussion: """
            Shows them first, and asks before it lets them go; without a terminal to ask on, it wants --yes. Just the stops
            that were shown go out, each only if its notebook is still due when it is looked at once more. What falls due
            later is held again when it is too much. Where nothing is held any more, it ends the guard's freeze. NOTEBOOK is
            an id, the beginning of one, or a name; without any, all that are held are meant.

            EXAMPLES
              curfew approve --list
              curfew approve
              curfew approve train-llm dashboard --yes
            """
    )

    @Argument(
        help: "The notebooks whose stops may go; without any, all that are held.",
        completion: NotebookCompletion.kind
    )
    var notebooks: [String] = []

    @Flag(help: "Only shows what is held.")
    var list = false

    @Flag(help: "Does not ask.")
    var yes = false

    @Flag(help: "Prints JSON.")
    var json = false

    @OptionGroup var control: ControlOptions

    func validate() throws {
        guard !(list && yes) else { throw ValidationError("--list and --yes exclude each other.") }
        guard list || yes || !json else { throw ValidationError("--json needs --list or --yes: nobody can be asked.") }
    }

    func run() async throws {
        let terminal = Terminal.standard
        try await control.asking(terminal) { client in
            let fleet = try await client.get(HeldStops.self, ControlPath("status"))
            let chosen = try chosen(fleet, terminal)
            if list, json { return terminal.line(try JSONOutput.text(chosen.map(\.name))) }
            if !json { for line in Self.table(chosen, of: fleet.held.count, terminal) { terminal.line(line) } }
            if json, chosen.isEmpty, !fleet.isFrozen { return terminal.line(try JSONOutput.text(Self.nothing)) }
            guard !list, fleet.isFrozen, try yes || confirmed(chosen.count, terminal) else { return }
            let answer = try await client.post(
                ControlPath("approve"),
                ApproveDocument(notebooks: chosen.map(\.notebook.id))
            )
            if json { return terminal.bytes(answer) }
            for line in Self.outcome(try client.decoded(ApprovedDocument.self, answer)) { terminal.line(line) }
        }
    }

    /// What came of it where nothing was held.
    private static let nothing = ApprovedDocument(letGo: [], notHeld: [], stillHeld: [])

    /// The held stops that the command line means.
    private func chosen(_ fleet: HeldStops, _ terminal: Terminal) throws -> [DecisionDocument] {
        guard !notebooks.isEmpty else { return fleet.held }
        let names = fleet.decisions.map(\.name)
        var chosen: [DecisionDocument] = []
        for text in notebooks {
            let id: NotebookID
            do throws(NotebookReference.Unresolved) {
                id = try NotebookReference(text).resolve(among: names)
            } catch {
                throw error.failure.told(terminal)
            }
            guard !chosen.contains(where: { $0.notebook.id == id.text }) else { continue }
            guard let decision = fleet.held.first(where: { $0.notebook.id == id.text }) else {
                terminal.complain("curfew: no stop of \(text) is held; `curfew approve --list` shows those that are")
                throw ExitStatus.usage
            }
            chosen.append(decision)
        }
        return chosen
    }

    static func table(_ held: [DecisionDocument], of count: Int, _ terminal: Terminal) -> [String] {
        guard !held.isEmpty else { return ["the guard holds no stop now"] }
        var table = TextTable([
            .init("NOTEBOOK", fit: .cut), .init("OWNER", fit: .cut), .init("RULE", fit: .cut), .init("WHY", fit: .wrap),
        ])
        for decision in held {
            // Why it is held is no reason to stop it.
            let reasons = decision.reasons.filter { !$0.code.hasPrefix("held-") }.map(\.text)
            table.add([
                .init(decision.notebook.name, .bold), .init(decision.notebook.owner ?? "-"),
                .init(decision.rule ?? "-"), .init(reasons.joined(separator: "; ")),
            ])
        }
        let chosen = held.count == count ? stops(count) : "\(held.count) of the \(stops(count))"
        return table.lines(terminal) + ["\(chosen) held by the guard"]
    }

    /// What came of it.
    static func outcome(_ approved: ApprovedDocument) -> [String] {
        var lines =
            approved.letGo.isEmpty
            ? ["no stop is let go"]
            : ["\(stops(approved.letGo.count)) let go; each is verified once more before it is sent"]
        if approved.stillHeld.isEmpty { lines.append("the guard begins to count anew") }
        if !approved.notHeld.isEmpty {
            let names = approved.notHeld.map(\.name).joined(separator: ", ")
            lines.append("no longer held: \(names.printable)")
        }
        if !approved.stillHeld.isEmpty { lines.append("\(stops(approved.stillHeld.count)) held still") }
        return lines
    }

    private static func stops(_ count: Int) -> String { count == 1 ? "1 stop is" : "\(count) stops are" }

    private func confirmed(_ count: Int, _ terminal: Terminal) throws -> Bool {
        guard isatty(STDIN_FILENO) == 1, terminal.isInteractive else {
            terminal.complain("curfew: there is no terminal to ask on; look at `curfew approve --list`, then say --yes")
            throw ExitStatus.usage
        }
        let question =
            switch count {
            case 0: "End the guard's freeze?"
            case 1: "Let this stop go?"
            default: "Let these \(count) stops go?"
            }
        terminal.write("\(question) [y/N] ")
        let answer = readLine()?.trimmingCharacters(in: .whitespaces).lowercased()
        return answer == "y" || answer == "yes"
    }
}

/// What of the status tells which stops the guard holds.
struct HeldStops: Decodable {
    /// The ids of the notebooks whose stops it holds.
    let heldStops: [String]
    let decisions: [DecisionDocument]
    let holds: [HoldDocument]

    /// Whether the guard holds stops, be there any now or not.
    var isFrozen: Bool { holds.contains { $0.code == "held-too-many-stops" } }

    var held: [DecisionDocument] {
        let ids = Set(heldStops)
        return decisions.filter { ids.contains($0.notebook.id) }
    }
}

extension DecisionDocument {
    /// What its notebook is called.
    var name: NotebookName { NotebookName(id: notebook.id, name: notebook.name, owner: notebook.owner) }
}
