// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import TestSupport
import Testing

@testable import SystemdSupport

/// Real programs, and what they may do to whoever starts them.
@Suite(.timeLimit(.minutes(20)))
struct ChildCrewTests {
    /// Has a place for each of these tests, so that none waits for one.
    private static let crew = ChildCrew(limit: 64)
    /// Long enough for a machine that is busy with other things.
    private static let patience: Duration = .seconds(120)
    private static let megabyte = [UInt8](repeating: UInt8(ascii: "x"), count: 1_048_576)

    private func run(_ script: String, input: [UInt8] = [], timeout: Duration = patience) async -> ChildResult {
        await Self.crew.run(ChildProgram(["/bin/sh", "-c", script], input: input, timeout: timeout))
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    /// Whether a process is there and no mere entry that waits to be reaped by somebody else.
    private func lives(_ pid: String) -> Bool {
        guard let state = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return false }
        return state.split(separator: ")").last?.hasPrefix(" Z") == false
    }

    // MARK: - What it finds

    @Test func `it finds its input and hands over its output, its errors and its status`() async {
        let result = await run("tr a-z A-Z; echo oops >&2; exit 3", input: Array("hello".utf8))
        #expect(
            result == ChildResult(ending: .exited(status: 3), output: Array("HELLO".utf8), errors: Array("oops\n".utf8))
        )
        #expect(result.ending.failure == "ended with status 3")
        #expect(await run("true").ending.failure == nil)
    }

    @Test func `arguments are no shell's words`() async {
        let program = ChildProgram(["/bin/echo", "$(id)", ";", "a  b", ""], timeout: Self.patience)
        #expect(text(await Self.crew.run(program).output) == "$(id) ; a  b \n")
    }

    @Test func `I11: its environment is three fixed variables, whatever the daemon's own holds`() async {
        unsafe setenv("CREDENTIALS_DIRECTORY", "/run/credentials/curfew.service", 1)
        unsafe setenv("NOTIFY_SOCKET", "/run/systemd/notify", 1)
        defer {
            unsafe unsetenv("CREDENTIALS_DIRECTORY")
            unsafe unsetenv("NOTIFY_SOCKET")
        }
        let result = await Self.crew.run(ChildProgram(["/usr/bin/env"], timeout: Self.patience))
        #expect(text(result.output) == "PATH=/usr/local/bin:/usr/bin:/bin\nLANG=C.UTF-8\nTZ=UTC\n")
    }

    @Test func `I11: it inherits no descriptor, not even one that was opened to be inherited`() async {
        let open = unsafe Glibc.open("/dev/null", O_RDONLY)
        defer { close(open) }
        // `ls` itself opens the folder, as number 3.
        #expect(
            text(await Self.crew.run(ChildProgram(["/bin/ls", "/proc/self/fd"], timeout: Self.patience)).output)
                == "0\n1\n2\n3\n"
        )
    }

    @Test func `it begins in the root directory, with no signal ignored or blocked`() async {
        #expect(text(await run("pwd").output) == "/\n")
        let masks = text(
            await Self.crew.run(
                ChildProgram(["/bin/grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status"], timeout: Self.patience)
            ).output
        )
        // The C library keeps two signals for its threads, 32 and 33.
        #expect(
            masks.replacing("18000000", with: "00000000") == "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n"
        )
    }

    @Test(arguments: ["/no/such/program", "/etc/hostname", "/"])
    func `what cannot be started says why`(path: String) async {
        let result = await Self.crew.run(ChildProgram([path], timeout: Self.patience))
        guard case .notStarted = result.ending else {
            Issue.record("\(result.ending)")
            return
        }
        #expect(result.ending.failure?.hasPrefix("could not be started: ") == true)
    }

    // MARK: - What it may do to its pipes

    @Test func `one that closes its input early harms nobody, and its answer counts`() async {
        let result = await run("exec 0<&-; echo done", input: Self.megabyte)
        #expect(result.ending == .exited(status: 0))
        #expect(text(result.output) == "done\n")
    }

    @Test func `one that never reads its input is not waited for longer than it runs`() async {
        #expect(text(await run("echo done", input: Self.megabyte).output) == "done\n")
        #expect(
            await run("exec sleep 1000", input: Self.megabyte, timeout: .milliseconds(50)).ending
                == .timedOut(after: .milliseconds(50))
        )
    }

    @Test func `one that reads slowly gets all of its input`() async {
        let result = await run("sleep 0.1; wc -c", input: Self.megabyte)
        #expect(text(result.output).filter(\.isNumber) == "1048576")
    }

    @Test func `one that closes its output is waited for all the same`() async {
        #expect(await run("exec 1>&- 2>&-; sleep 0.1; exit 7").ending == .exited(status: 7))
    }

    @Test func `endless output ends it`() async {
        let result = await run("exec yes")
        #expect(result.ending == .tooMuchOutput(most: 65_536))
        #expect(result.output.count == 65_536)
    }

    @Test(arguments: [(65_536, true), (65_537, false)])
    func `exactly the bound is not too much output`(count: Int, isGood: Bool) async {
        let result = await run("exec head -c \(count) /dev/zero")
        #expect((result.ending == .exited(status: 0)) == isGood)
    }

    @Test func `of endless errors the beginning is kept, and they hold nothing up`() async {
        let result = await run("echo first >&2; head -c 5000000 /dev/zero >&2; echo done")
        #expect(result.ending == .exited(status: 0))
        #expect(text(result.output) == "done\n")
        #expect(result.errors.count == 4_096)
        #expect(text(result.errors).hasPrefix("first\n"))
    }

    // MARK: - How it may end

    @Test func `a signal that ends it is told`() async {
        let result = await run("kill -SEGV $$")
        #expect(result.ending == .killed(signal: SIGSEGV))
        #expect(result.ending.failure == "was ended by signal 11")
    }

    @Test func `one that takes too long is asked to end, and may say a last word`() async {
        let result = await run(
            "trap 'echo bye >&2; exit 0' TERM; echo >&2; while :; do sleep 0.01; done",
            timeout: .seconds(4)
        )
        #expect(result.ending == .timedOut(after: .seconds(4)))
        #expect(text(result.errors).contains("bye"))
    }

    @Test func `one that will not end is killed with all of its group`() async {
        let result = await run("trap '' TERM; sleep 1000 & echo $$ $!; while :; do sleep 1; done", timeout: .seconds(4))
        #expect(result.ending == .timedOut(after: .seconds(4)))
        let pids = text(result.output).split(whereSeparator: \.isWhitespace).map(String.init)
        #expect(pids.count == 2)
        for pid in pids { #expect(await eventually { lives(pid) ? nil : true } == true, "\(pid) lives") }
    }

    @Test func `what it leaves behind neither holds the answer up nor lives on`() async {
        let result = await run("sleep 1000 & echo $!")
        #expect(result.ending == .exited(status: 0))
        let pid = text(result.output).filter(\.isNumber)
        #expect(await eventually { lives(pid) ? nil : true } == true)
    }

    @Test func `one that runs away into another session holds its pipes open, and nobody waits`() async throws {
        let result = await run("setsid sleep 1000 & echo $!; sleep 0.1")
        #expect(result.ending == .exited(status: 0))
        let pid = try #require(pid_t(text(result.output).filter(\.isNumber)))
        kill(pid, SIGKILL)
    }

    @Test func `nothing is left to be reaped`() async {
        for script in ["echo $$", "echo $$; exec sleep 1000"] {
            let result = await run(script, timeout: .seconds(4))
            let pid = text(result.output).filter(\.isNumber)
            #expect(!pid.isEmpty)
            #expect(!FileManager.default.fileExists(atPath: "/proc/\(pid)"))
        }
    }

    @Test func `no pipe is left open`() async throws {
        func pipes() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        }
        // Other tests open and close things at the same time, but not a hundred that stay.
        let before = try pipes()
        for _ in 0..<100 { _ = await run("true") }
        let after = try pipes()
        #expect(after < before + 100)
    }

    @Test func `a task that is cancelled ends its program`() async throws {
        try await withTemporaryFolder { folder in
            let mark = folder.appending(path: "begun").path()
            let task = Task { await run("echo $$ > \(mark).new; mv \(mark).new \(mark); exec sleep 1000") }
            let pid = await eventually { try? String(contentsOfFile: mark, encoding: .utf8).filter(\.isNumber) }
            task.cancel()
            #expect(await task.value.ending == .cancelled)
            let number = try #require(pid)
            #expect(!FileManager.default.fileExists(atPath: "/proc/\(number)"))
        }
    }

    // MARK: - Many

    @Test func `no more run at a time than may, and each gets its turn`() async throws {
        try await withTemporaryFolder { folder in
            let crew = ChildCrew(limit: 2)
            let script = "mkdir \(folder.path())/$$; ls \(folder.path()) | wc -l; sleep 0.05; rmdir \(folder.path())/$$"
            await withTaskGroup(of: ChildResult.self) { group in
                for _ in 0..<20 {
                    group.addTask { await crew.run(ChildProgram(["/bin/sh", "-c", script], timeout: Self.patience)) }
                }
                for await result in group {
                    #expect(result.ending == .exited(status: 0))
                    #expect(["1", "2"].contains(text(result.output).filter(\.isNumber)))
                }
            }
        }
    }

    @Test func `one that gets no place for as long as it may run is not started`() async throws {
        try await withTemporaryFolder { folder in
            let crew = ChildCrew(limit: 1)
            let goOn = folder.appending(path: "go-on")
            let script = "until [ -e \(goOn.path()) ]; do sleep 0.01; done"
            async let first = crew.run(ChildProgram(["/bin/sh", "-c", script], timeout: Self.patience))
            _ = await eventually { crew.running == 1 ? true : nil }
            async let second = crew.run(ChildProgram(["/bin/true"], timeout: .zero))
            _ = await eventually { crew.waiting == 1 ? true : nil }
            try Data().write(to: goOn)
            #expect(await second.ending == .noPlace(limit: 1))
            #expect(await first.ending == .exited(status: 0))
        }
    }
}
