// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

private import Crypto
internal import CurfewCore

/// The files that a policy names, read during one load, each once.
///
/// A class, because whoever asks adds to what was read, and the policy's digest covers all of it.
final class PolicyFiles {
    /// Gives the bytes of a file by the path that the policy names.
    typealias Reader = (String) throws(UnreadableFile) -> [UInt8]

    private let read: Reader
    private var contents: [(path: String, bytes: [UInt8])] = []

    init(_ read: @escaping Reader) {
        self.read = read
    }

    func bytes(of path: String) throws(UnreadableFile) -> [UInt8] {
        if let known = contents.first(where: { $0.path == path }) { return known.bytes }
        let bytes = try read(path)
        contents.append((path, bytes))
        return bytes
    }

    /// The digest of a policy's bytes and of the files that it names; without any, that of its bytes alone.
    func digest(of policy: some Sequence<UInt8>) -> String {
        var hash = SHA256()
        hash.update(data: Array(policy))
        for file in contents.sorted(by: { $0.path < $1.path }) {
            // Behind a NUL, which no policy contains, so that no byte can move from one file to another unnoticed.
            hash.update(data: Array("\0\(file.path)\0\(file.bytes.count)\0".utf8))
            hash.update(data: file.bytes)
        }
        return hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
