// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import TestSupport
import Testing

/// The verbs that ask the daemon, against answers of every kind over a real socket.
@Suite(.timeLimit(.minutes(5)))
struct ControlVerbTests {
    private typealias Outcome = (status: CInt?, output: String, errors: String)

    /// A notebook's decision as the daemon sends it.
    private static func decision(_ id: String, _ name: String, reasons: [String]) -> String {
        let texts = reasons.map { #"{"code":"\#($0)","text":"because of \#($0)"}"# }.joined(separator: ",")
        return """
            {"notebook":{"id":"\(id)","name":"\(name)","owner":"alice","flavor":null,"status":"RUNNING"},"lease":null,\
            "mark":null,"action":"leave","rule":"all","reasons":[\(texts)],"activity":null,"deadline":null,"nextReview":null,\
            "underWay":null,"isStuck":false,"silences":[],"findings":[]}
            """
    }

    private static let head = """
        {"generatedAt":"2026-11-20T12:00:00.000Z","mode":"enforce",\
        "daemon":{"version":"0.1.0","startedAt":"2026-11-20T11:00:00.000Z"},\
        "policy":{"path":"policy.yaml","digest":"d","loadedAt":"2026-11-20T11:00:00.000Z","rules":1},\
        "fleet":{"notebooks":3,"running":3,"kept":0,"unknown":0,"due":2,"stuck":0,"nextDeadline":null,\
        "lastListedAt":"2026-11-20T12:00:00.000Z","listingFailure":null},\
        "holds":[{"code":"held-too-many-stops","text":"stops are frozen","since":null}],"freeze":null,\
        "heldStops":["aa1","aa2"],"approvedStops":[],"ledgerTrouble":"the disk is full",
        """

    private static let status = """
        \(head)"decisions":[\
        \(decision("aa1", "forgotten", reasons: ["held-too-many-stops", "idle-budget-spent"])),\
        \(decision("aa2", "dashboard", reasons: ["held-too-many-stops", "idle-budget-spent"])),\
        \(decision("bb3", "busy", reasons: ["active"]))]}
        """

    private static let table = """
        \(head)"columns":[],"rows":["aa1\\tforgotten\\talice\\t\\tRUNNING\\t\\t\\t\\t\\tleave\\tall\\tx\\ty\\t\\t\\t\\t",\
        "aa2\\tdashboard\\talice\\t\\tRUNNING\\t\\t\\t\\t\\tleave\\tall\\tx\\ty\\t\\t\\t\\t",\
        "bb3\\tbusy\\talice\\t\\tRUNNING\\t\\t\\tactive\\t1\\tleave\\tall\\tactive\\tin use\\t\\t\\t\\t"]}
        """

    /// Runs the verb against a daemon that answers the status, and the given text to every act; gives the acts too.
    private func asking(
        _ arguments: [String],
        act reply: String,
        status code: String = "200 OK"
    ) async throws -> (outcome: Outcome, acts: [String]) {
        let acts = Mutex<[String]>([])
        let outcome = try await withTemporaryFolder { folder in
            let socket = folder.appending(path: "control.sock").path()
            return try await RawServer.serving(socket: socket) { request in
                let isAct = request.hasPrefix("POST")
                if isAct { acts.withLock { $0.append(request) } }
                let body = isAct ? reply : request.contains("form=table") ? Self.table : Self.status
                let line = isAct ? code : "200 OK"
                return "HTTP/1.1 \(line)\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
            } _: {
                try await curfew(arguments + ["--runtime-dir", folder.path()])
            }
        }
        return (outcome, acts.withLock { $0 })
    }

    @Test
    func `approve shows what is held and lets just that go`() async throws {
        let reply = """
            {"letGo":[{"id":"aa1","name":"forgotten","owner":"alice"}],"notHeld":[],\
            "stillHeld":[{"id":"aa2","name":"dashboard","owner":"alice"}]}
            """
        let (outcome, acts) = try await asking(["approve", "forgotten", "--yes"], act: reply)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("because of idle-budget-spent") && !outcome.output.contains("busy"))
        #expect(outcome.output.contains("1 stop is let go") && outcome.output.contains("1 stop is held still"))
        #expect(acts.count == 1)
        #expect(acts.first?.hasSuffix(#"{"notebooks":["aa1"]}"#) == true)
    }

    @Test(arguments: [["approve"], ["approve", "--list"], ["approve", "busy", "--yes"], ["approve", "aa", "--yes"]])
    func `approve lets nothing go that nobody confirmed, that is not held, or that is not clear`(
        _ arguments: [String]
    ) async throws {
        let (outcome, acts) = try await asking(arguments, act: "{}")
        #expect(acts == [])
        #expect(outcome.status == (arguments.contains("--list") ? 0 : 64))
        if arguments.contains("aa") { #expect(outcome.errors.contains("aa1") && outcome.errors.contains("aa2")) }
        if arguments.contains("--list") { #expect(outcome.output.contains("2 stops are held by the guard")) }
    }

    @Test(
        arguments: [
            ("urn:curfew:problem:unknown-notebook", "404 Not Found", 64), ("about:blank", "403 Forbidden", 77),
            ("urn:curfew:problem:ambiguous-notebook", "409 Conflict", 64), ("about:blank", "503 Unavailable", 1),
            ("urn:curfew:problem:bad-policy", "422 Unprocessable", 78),
        ] as [(String, String, CInt)]
    )
    func `what the daemon refuses is told with its words, and has an exit code of its own`(
        _ type: String,
        _ line: String,
        _ code: CInt
    ) async throws {
        let status = line.prefix(3)
        let reply = """
            {"type":"\(type)","title":"refused","status":\(status),"detail":"the daemon's own words",\
            "candidates":[{"id":"aa1","name":"twin","owner":null}],"diagnostics":["policy.yaml:1:1: error: no"]}
            """
        let (outcome, acts) = try await asking(["release", "twin"], act: reply, status: line)
        #expect(outcome.status == code)
        #expect(acts.count == 1)
        #expect(outcome.errors.contains("the daemon's own words") && outcome.errors.contains("aa1"))
        #expect(outcome.errors.contains("policy.yaml:1:1: error: no"))
        #expect(outcome.output == "")
    }

    @Test
    func `acts send what was said, and tell what came of it`() async throws {
        let kept = """
            {"notebook":{"id":"aa1","name":"trainer","owner":null},"until":"2099-01-01T00:00:00.000Z","rule":"kept",\
            "isInEffect":true}
            """
        let keep = try await asking(["keep", "trainer", "--for", "3d", "--reason", "the review"], act: kept)
        #expect(keep.outcome.status == 0 && keep.outcome.output.contains("trainer is kept until "))
        #expect(keep.acts.first?.hasPrefix("POST /v1/notebooks/trainer/keep ") == true)
        #expect(keep.acts.first?.contains(#""forSeconds":259200"#) == true)
        let done = #"{"text":"stops are held"}"#
        let freeze = try await asking(["freeze", "--reason", "a move"], act: done)
        #expect(freeze.outcome.output == "stops are held\n")
        #expect(freeze.acts.first?.hasSuffix(#"{"reason":"a move"}"#) == true)
        let json = try await asking(["thaw", "--json"], act: done)
        #expect(json.outcome.output == done + "\n")
        let reload = try await asking(["reload"], act: #"{"diagnostics":["policy.yaml:3:1: warning: hm"]}"#)
        #expect(reload.outcome.output == "policy.yaml:3:1: warning: hm\nthe policy is in force\n")
    }

    @Test
    func `status is a table for people, and the daemon's own bytes for programs`() async throws {
        let text = try await asking(["status"], act: "").outcome
        #expect(text.status == 0, "\(text.errors)")
        #expect(text.output.hasPrefix("enforce: 3 notebooks, 3 running\n"))
        #expect(text.output.contains("\npolicy policy.yaml, in force since "))
        #expect(text.output.contains("\n! stops are frozen\n! the ledger cannot be used: the disk is full\n"))
        #expect(text.output.contains("\nbusy       alice"))
        #expect(try await asking(["status", "--json"], act: "").outcome.output == Self.status + "\n")
    }
}
