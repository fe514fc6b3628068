// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CSystemd
import Glibc

/// A program that was just started, and the ends of its pipes that are ours.
struct ChildSpawn {
    let pid: pid_t
    /// Becomes readable when the program ends.
    let life: Descriptor
    let input: Descriptor
    let output: Descriptor
    let errors: Descriptor

    /// Starts the program.
    ///
    /// By posix_spawn(3), whose steps run in the child: so no descriptor of another thread slips in, however it was
    /// opened, and the directory of the daemon itself never changes.
    static func start(_ program: ChildProgram) throws(SpawnFailure) -> ChildSpawn {
        guard let input = Descriptor.pipe(), let output = Descriptor.pipe(), let errors = Descriptor.pipe() else {
            throw SpawnFailure(code: errno)
        }
        let pid = try spawn(program, input.reading, output.writing, errors.writing)
        let life = curfew_pidfd_open(pid)
        guard life >= 0 else {
            let code = errno
            kill(-pid, SIGKILL)
            _ = waitpid(pid, nil, 0)
            throw SpawnFailure(code: code)
        }
        for end in [input.writing, output.reading, errors.reading] { end.stopWaiting() }
        return ChildSpawn(
            pid: pid,
            life: Descriptor(life),
            input: input.writing,
            output: output.reading,
            errors: errors.reading
        )
    }

    private static func spawn(
        _ program: ChildProgram,
        _ input: Descriptor,
        _ output: Descriptor,
        _ errors: Descriptor
    ) throws(SpawnFailure) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for (descriptor, number) in [(input, 0), (output, 1), (errors, 2)] {
            unsafe posix_spawn_file_actions_adddup2(&actions, descriptor.number, CInt(number))
        }
        unsafe posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        unsafe posix_spawn_file_actions_addchdir_np(&actions, "/")

        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var (all, none) = (sigset_t(), sigset_t())
        unsafe sigfillset(&all)
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

        var pid: pid_t = 0
        let path = program.arguments.first ?? ""
        let code = unsafe withPointers(program.arguments) { arguments in
            unsafe withPointers(ChildProgram.environment) { environment in
                unsafe posix_spawn(&pid, path, &actions, &attributes, arguments, environment)
            }
        }
        guard code == 0 else { throw SpawnFailure(code: code) }
        return pid
    }

    /// Hands over texts as C takes arguments: pointers to them, and nothing behind the last.
    private static func withPointers(
        _ texts: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> CInt
    ) -> CInt {
        var pointers = unsafe texts.map { unsafe strdup($0) }
        unsafe pointers.append(nil)
        defer { _ = unsafe pointers.map { unsafe free($0) } }
        return unsafe pointers.withUnsafeBufferPointer { unsafe $0.baseAddress.map(body) ?? ENOMEM }
    }
}

/// Why a program could not be started, as an `errno`.
struct SpawnFailure: Error {
    let code: CInt
}
