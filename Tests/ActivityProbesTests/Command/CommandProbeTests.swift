// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ActivityProbes
import CurfewCore
import FoundationEssentials
import Synchronization
import Testing

/// What a command is told, and what its answers mean.
@Suite struct CommandProbeTests {
    private let source = EvidenceName("ssh")
    private let time = SettableTime(Timestamp(milliseconds: 1_795_248_000_000))
    private var now: Timestamp { time.now }

    private func notebook() -> Notebook {
        Notebook(
            id: NotebookID("11111111"),
            name: "trainer\n\u{1B}[31m",
            status: .running,
            owner: Notebook.Owner(name: "alice", id: "a1"),
            workspaceID: "0",
            flavor: "modelarts.vm.cpu.2u",
            image: Notebook.NamedReference(id: "i1", name: "pytorch"),
            tags: ["team": "vision"],
            note: "a \"note\"",
            access: JupyterAccess(url: "https://host/x?token=canary", token: Secret("canary-token"))
        )
    }

    private func look(_ run: CommandRun) async -> Observation {
        let settings = CommandSettings(command: ["/bin/x"])
        return await CommandProbe(name: source, settings: settings, run: { _, _ in run }, time: time)
            .observe(notebook(), budget: .seconds(3_600))
    }

    private func look(_ output: String) async -> Observation { await look(CommandRun(output: Array(output.utf8))) }

    private func reason(_ observation: Observation) -> String? {
        if case .unknown(let why) = observation.activity { why.description } else { nil }
    }

    @Test func `the command finds the notebook as JSON in one line, every key there, and no secret (I11)`() async throws
    {
        let asked = Mutex<(command: [String], input: [UInt8])>(([], []))
        let settings = CommandSettings(command: ["/bin/x", "--all"])
        let probe = CommandProbe(
            name: source,
            settings: settings,
            run: { command, input in
                asked.withLock { $0 = (command, input) }
                return CommandRun()
            },
            time: time
        )
        _ = await probe.observe(notebook(), budget: .seconds(5_400))
        let (command, input) = asked.withLock { $0 }
        #expect(command == ["/bin/x", "--all"])
        let text = String(decoding: input, as: UTF8.self)
        #expect(
            text == #"""
                {"description":"a \"note\"","feature":null,"flavor":"modelarts.vm.cpu.2u","id":"11111111","idleBudgetSeconds":5400,"image":"pytorch","imageID":"i1","name":"trainer\n\u001b[31m","owner":"alice","ownerID":"a1","pool":null,"poolID":null,"status":"RUNNING","tags":{"team":"vision"},"workspace":"0"}

                """#
        )
        #expect(!text.contains("canary"))
    }

    @Test func `active counts from now, whatever its last activity`() async {
        for last in ["null", #""2026-11-20T08:00:00Z""#] {
            let look = await look(#"{"state": "active", "lastActivityAt": \#(last), "detail": "2 sessions"}"#)
            #expect(look == Observation(source: source, activity: .active, observedAt: now, detail: "2 sessions"))
        }
    }

    @Test func `idle counts from the last activity, by any offset`() async {
        for stamp in ["2026-11-20T08:00:00Z", "2026-11-20T09:00:00.000+01:00"] {
            let look = await look(#"{"state": "idle", "lastActivityAt": "\#(stamp)"}"#)
            #expect(
                look == Observation(source: source, activity: .idle(since: now - .seconds(86_400)), observedAt: now)
            )
        }
    }

    @Test func `I2: idleness is as of when the command was asked, use as of its answer`() async {
        let begun = now
        for (state, observedAt) in [("idle", begun), ("active", begun + .seconds(4))] {
            let time = SettableTime(begun)
            let answer = CommandRun(
                output: Array(#"{"state": "\#(state)", "lastActivityAt": "2026-11-20T08:00:00Z"}"#.utf8)
            )
            let probe = CommandProbe(
                name: source,
                settings: CommandSettings(command: ["/bin/x"]),
                run: { _, _ in
                    time.move(by: .seconds(4))
                    return answer
                },
                time: time
            )
            #expect(await probe.observe(notebook(), budget: .seconds(60)).observedAt == observedAt)
        }
    }

    @Test func `a last activity a little in the future is now, a later one is unknown`() async {
        let near = await look(#"{"state": "idle", "lastActivityAt": "2026-11-21T08:01:00Z"}"#)
        #expect(near.activity == .idle(since: now))
        for state in ["idle", "active", "unknown"] {
            let far = await look(#"{"state": "\#(state)", "lastActivityAt": "2026-11-21T08:01:00.001Z"}"#)
            #expect(reason(far) == "unintelligible: the command's `lastActivityAt` lies in the future")
        }
    }

    @Test func `unknown says why`() async {
        #expect(reason(await look(#"{"state": "unknown", "detail": "queue is down"}"#)) == "cannot tell: queue is down")
        #expect(reason(await look(#"{"state": "unknown"}"#)) == "cannot tell: the command says so")
    }

    @Test(
        "D2, D3, D4: what is no answer is unknown, and says what is wrong",
        arguments: [
            ("", "the command wrote nothing"),
            ("idle", "the command's answer is no JSON"),
            ("{", "the command's answer is no JSON"),
            ("[]", "the command's answer is no JSON object"),
            ("null", "the command's answer is no JSON object"),
            ("{}", "the command's answer has no `state`"),
            (#"{"state": "idle"}"#, "the command says idle without `lastActivityAt`"),
            (#"{"state": "idle", "lastActivityAt": null}"#, "the command says idle without `lastActivityAt`"),
            (#"{"state": "IDLE"}"#, "the command's `state` is none of active, idle, unknown"),
            (#"{"state": 1}"#, "the command's `state` is no text"),
            (#"{"state": null}"#, "the command's `state` is no text"),
            (#"{"state": "active", "detail": 5}"#, "the command's `detail` is no text"),
            (#"{"state": "active", "lastActivityAt": 1795248000}"#, "the command's `lastActivityAt` is no text"),
            (
                #"{"state": "idle", "lastActivityAt": "2026-11-21 08:00:00"}"#,
                "the command's `lastActivityAt` is no RFC 3339 instant with an offset"
            ),
            (#"{"state": "active", "since": "x"}"#, "the command's answer has the unknown key `since`"),
            (#"{"state": "active"} {"state": "idle"}"#, "the command's answer is no JSON"),
        ]
    )
    func noAnswer(output: String, problem: String) async {
        #expect(reason(await look(output)) == "unintelligible: \(problem)")
    }

    @Test func `bytes that are no text are no answer`() async {
        #expect(reason(await look(CommandRun(output: [0xFF, 0xFE, 0])))?.hasPrefix("unintelligible: ") == true)
    }

    @Test func `D2: a command that failed is unknown even with a good answer, and quotes its first line`() async {
        let run = CommandRun(
            output: Array(#"{"state": "idle", "lastActivityAt": "2026-11-20T08:00:00Z"}"#.utf8),
            errors: Array("\n  \u{1B}[31mssh: no\troute\u{7}\nsecond line".utf8),
            failure: "ended with status 255"
        )
        #expect(reason(await look(run)) == "cannot tell: the command ended with status 255: [31mssh: noroute")
    }

    @Test func `what it says is cut and free of what steers terminals`() async {
        let long = String(repeating: "x", count: 10_000)
        let detail = await look(#"{"state": "active", "detail": "\u001b]0;\u202e\#(long)\nnext"}"#).detail
        #expect(detail == "]0;" + String(repeating: "x", count: 197))
        let failed = await look(CommandRun(errors: Array(long.utf8), failure: "ended with status 1"))
        #expect(reason(failed)?.utf8.count ?? 0 < 300)
    }
}
