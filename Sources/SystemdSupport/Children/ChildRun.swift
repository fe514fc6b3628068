// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Glibc

/// One program from its start to its end, attended by one thread.
///
/// The thread waits for the pipes and for the end of the program at once, never for one of them alone: a program that
/// reads nothing, writes for ever, or leaves processes behind that hold its pipes open cannot keep it.
final class ChildRun {
    private let program: ChildProgram
    private let handle: ChildHandle
    private let pid: pid_t
    private let life: Descriptor
    private let clock = SuspendingClock()
    private var input: Descriptor?
    private var output: Descriptor?
    private var errors: Descriptor?
    private var left: ArraySlice<UInt8>
    private var outputBytes: [UInt8] = []
    private var errorBytes: [UInt8] = []

    /// How long a program may take to end once it is asked to, before it is killed.
    private static let grace: Duration = .seconds(1)
    /// How long the kernel may take to end a program that was killed; one that hangs in a broken device takes for ever.
    private static let patience: Duration = .seconds(2)
    private static let portion = 16_384

    private enum Stage {
        case running
        case asked
        case killed
    }

    /// Starts the program.
    init(_ program: ChildProgram, handle: ChildHandle) throws(SpawnFailure) {
        self.program = program
        self.handle = handle
        left = program.input[...]
        let child = try ChildSpawn.start(program)
        (pid, life) = (child.pid, child.life)
        (input, output, errors) = (child.input, child.output, child.errors)
        if left.isEmpty { input = nil }
        handle.started(pid)
    }

    /// Waits until the program has ended, at most a little longer than it may run.
    ///
    /// Nothing of its process group is left afterwards.
    func result() -> ChildResult {
        var stage = Stage.running
        var until = clock.now + program.timeout
        var ending: ChildResult.Ending?
        while true {
            let isOver = attend(until: until)
            if isOver {
                let found = finish()
                if handle.isCancelled { return result(.cancelled) }
                if outputBytes.count > program.mostOutput { return result(.tooMuchOutput(most: program.mostOutput)) }
                return result(ending ?? found)
            }
            if outputBytes.count > program.mostOutput, stage == .running {
                ending = .tooMuchOutput(most: program.mostOutput)
                kill(-pid, SIGKILL)
                (stage, until) = (.killed, clock.now + Self.patience)
            }
            guard clock.now >= until else { continue }
            switch stage {
            case .running:
                ending = .timedOut(after: program.timeout)
                kill(-pid, SIGTERM)
                (stage, until) = (.asked, clock.now + Self.grace)
            case .asked:
                kill(-pid, SIGKILL)
                (stage, until) = (.killed, clock.now + Self.patience)
            case .killed: return result(ending ?? .cancelled)
            }
        }
    }

    /// Whether the program has ended and was reaped; otherwise `reap` has to follow.
    private(set) var isReaped = false

    /// Waits for a program that `result` gave up, however long the kernel takes to end it.
    func reap() {
        guard !isReaped else { return }
        handle.ended()
        _ = waitpid(pid, nil, 0)
        isReaped = true
    }

    private func result(_ ending: ChildResult.Ending) -> ChildResult {
        ChildResult(
            ending: ending,
            output: Array(outputBytes.prefix(program.mostOutput)),
            errors: Array(errorBytes.prefix(program.mostErrors))
        )
    }

    /// Waits for something to do or for the instant, and does it; tells whether the program has ended.
    private func attend(until: SuspendingClock.Instant) -> Bool {
        var waits = [pollfd(fd: life.number, events: Int16(POLLIN), revents: 0)]
        if let input { waits.append(pollfd(fd: input.number, events: Int16(POLLOUT), revents: 0)) }
        for end in [output, errors] {
            if let end { waits.append(pollfd(fd: end.number, events: Int16(POLLIN), revents: 0)) }
        }
        let milliseconds = max(0, (until - clock.now) / .milliseconds(1)).rounded(.up)
        let count = unsafe poll(&waits, nfds_t(waits.count), CInt(min(milliseconds, 1_000_000)))
        guard count > 0 else { return false }
        transfer()
        return waits[0].revents != 0
    }

    /// Moves a portion through each pipe that is ready, and closes those that are over.
    private func transfer() {
        if let input {
            switch input.write(left.prefix(Self.portion)) {
            case .some(let count): left = left.dropFirst(count)
            case .later: break
            // It does not want to know more; its answer counts all the same.
            case .over: left = []
            }
            if left.isEmpty { self.input = nil }
        }
        // One byte more than it may write shows that it wrote too much.
        if let output, take(from: output, into: &outputBytes, most: program.mostOutput + 1) { self.output = nil }
        if let errors, take(from: errors, into: &errorBytes, most: program.mostErrors) { self.errors = nil }
    }

    /// Takes a portion, dropping what is over the limit; tells whether the pipe is over.
    private func take(from end: Descriptor, into bytes: inout [UInt8], most: Int) -> Bool {
        var portion: [UInt8] = []
        let transfer = end.read(into: &portion, most: Self.portion)
        bytes += portion.prefix(max(0, most - bytes.count))
        if case .over = transfer { return true }
        return false
    }

    /// Reads what the ended program left in its pipes, ends the rest of its group, and reaps it.
    private func finish() -> ChildResult.Ending {
        handle.ended()
        // The number of the group cannot belong to anybody else before the program is reaped.
        kill(-pid, SIGKILL)
        // A pipe holds 64 kB unless its program made it larger; what is over the limits is no answer anyway.
        for _ in 0...(program.mostOutput / Self.portion + 4) { transfer() }
        var status: CInt = 0
        isReaped = unsafe waitpid(pid, &status, 0) == pid
        // wait(2): the low seven bits hold the signal, the next byte the status.
        let signal = status & 0x7F
        return signal == 0 ? .exited(status: (status >> 8) & 0xFF) : .killed(signal: signal)
    }
}
