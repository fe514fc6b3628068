// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CSystemd
import Glibc

/// A Unix socket that takes connections.
package struct ListeningSocket: Sendable {
    package let descriptor: CInt
    /// The group of its file.
    package let group: UInt32
    /// Its file, where this process made it.
    private let file: File?

    private struct File: Sendable {
        let path: String
        let device: UInt64
        let inode: UInt64
    }

    /// Connections that may wait to be taken; the kernel lowers it to `net.core.somaxconn`.
    private static let backlog: CInt = 512
    private static let stream = CInt(SOCK_STREAM.rawValue)

    // MARK: - Making

    /// The socket that the service manager hands over (`LISTEN_FDS`, sd_listen_fds(3)); nil when it hands over none.
    package static func inherited() throws(SocketFailure) -> ListeningSocket? {
        let count = sd_listen_fds(0)
        guard count > 0 else { return nil }
        let descriptor = SD_LISTEN_FDS_START
        guard count == 1, sd_is_socket_unix(descriptor, stream, 1, nil, 0) > 0 else {
            throw .wrongDescriptors
        }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        return ListeningSocket(descriptor: descriptor, group: try groupOfFile(of: descriptor), file: nil)
    }

    /// Makes a socket at `path` for its owner and the group: 0660, and never wider, not for a moment.
    ///
    /// It is made under another name and moved to its place when it is ready. A file that nobody listens on any more is
    /// replaced. It becomes the group's, if there is such a group and this process may give it away; else it keeps the
    /// group of the process.
    package static func open(path: String, group: String) throws(SocketFailure) -> ListeningSocket {
        try checkPlace(path)
        let draft = "\(path).\(getpid())"
        let descriptor = socket(AF_UNIX, stream | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .system("socket", path, errno) }
        do {
            _ = unsafe unlink(draft)
            // The kernel gives the file the mode of the socket (unix(7)), less the umask.
            try check(fchmod(descriptor, 0o600), "fchmod", path)
            try check(try unsafe withAddress(draft) { unsafe bind(descriptor, $0, $1) }, "bind", path)
            if let number = NameService.groupNumber(group) {
                // A process without the right to give it away keeps it.
                _ = unsafe chown(draft, uid_t.max, number)
            }
            try check(unsafe chmod(draft, 0o660), "chmod", path)
            try check(listen(descriptor, backlog), "listen", path)
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
            var status = stat()
            try check(unsafe stat(draft, &status), "stat", path)
            try check(unsafe rename(draft, path), "rename", path)
            let file = File(path: path, device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
            return ListeningSocket(descriptor: descriptor, group: status.st_gid, file: file)
        } catch {
            _ = unsafe unlink(draft)
            _ = close(descriptor)
            throw error
        }
    }

    /// Makes the directory of a socket where it does not exist; others may look into it, so that the socket's group gets
    /// to the socket.
    package static func makeDirectory(_ path: String) throws(SocketFailure) {
        guard unsafe mkdir(path, 0o755) != 0, errno != EEXIST else { return }
        throw .system("mkdir", path, errno)
    }

    /// Removes the file that this process made, unless somebody else's has taken its place.
    package func removeFile() {
        guard let file else { return }
        var status = stat()
        guard
            unsafe stat(file.path, &status) == 0, UInt64(status.st_dev) == file.device,
            UInt64(status.st_ino) == file.inode
        else { return }
        _ = unsafe unlink(file.path)
    }

    // MARK: - Steps

    /// Refuses a place where somebody listens, or where something else than a socket lies.
    private static func checkPlace(_ path: String) throws(SocketFailure) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else {
            if errno == ENOENT { return }
            throw .system("stat", path, errno)
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path) }
        let probe = socket(AF_UNIX, stream | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard probe >= 0 else { throw .system("socket", path, errno) }
        defer { _ = close(probe) }
        // Without waiting: a full queue of connections is one that somebody will take.
        _ = fcntl(probe, F_SETFL, O_NONBLOCK)
        if try unsafe withAddress(path, { unsafe connect(probe, $0, $1) }) == 0 || errno == EAGAIN {
            throw .inUse(path)
        }
    }

    private static func check(_ result: CInt, _ call: String, _ path: String) throws(SocketFailure) {
        guard result == 0 else { throw .system(call, path, errno) }
    }

    /// Hands over the path as an address.
    private static func withAddress(
        _ path: String,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) throws(SocketFailure) -> CInt {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path), !bytes.contains(0) else {
            throw .pathTooLong(path)
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    /// The group of the file that a bound socket has.
    private static func groupOfFile(of descriptor: CInt) throws(SocketFailure) -> UInt32 {
        var address = sockaddr_un()
        var length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &length)
            }
        }
        let bytes = unsafe withUnsafeBytes(of: &address.sun_path) { bytes in
            unsafe Array(bytes.prefix { $0 != 0 })
        }
        let path = String(decoding: bytes, as: UTF8.self)
        var status = stat()
        guard result == 0, unsafe stat(path, &status) == 0 else { throw .system("stat", path, errno) }
        return status.st_gid
    }
}
