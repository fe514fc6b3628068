// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

private import Foundation

/// Why a file could not be read.
enum UnreadableFile: Error {
    case missing
    case directory
    case denied
    case tooLarge(limit: Int)
    case other(String)

    /// Reads a file, but never more than `limit` bytes, whatever the path leads to.
    static func read(_ path: String, limit: Int) throws(UnreadableFile) -> [UInt8] {
        // What cannot be asked for its kind is opened below, which says why it cannot be read.
        let attributes = try? FileManager.default.attributesOfItem(
            atPath: URL(filePath: path).resolvingSymlinksInPath().path
        )
        if attributes?[.type] as? FileAttributeType == .typeDirectory { throw .directory }
        var bytes: [UInt8] = []
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }  // only read from: closing it loses nothing
            while bytes.count <= limit, let part = try handle.read(upToCount: limit + 1 - bytes.count), !part.isEmpty {
                bytes += part
            }
        } catch {
            throw UnreadableFile(error)
        }
        if bytes.count > limit { throw .tooLarge(limit: limit) }
        return bytes
    }

    private init(_ error: any Error) {
        switch (error as? CocoaError)?.code {
        case CocoaError.fileNoSuchFile, CocoaError.fileReadNoSuchFile: self = .missing
        case CocoaError.fileReadNoPermission: self = .denied
        default: self = .other(Quoted.plain(error.localizedDescription))
        }
    }

    /// In the administrator's words, for a file that a policy names.
    var reason: String {
        switch self {
        case .missing:
            "there is no such file; a path that does not begin with / starts from the policy's directory"
        case .directory: "this is a directory; name the file in it"
        case .denied: "the file cannot be opened: permission denied; let the user that curfew runs as read it"
        case .tooLarge(let limit): "the file is larger than \(limit / 1_048_576) MB, which no calendar needs"
        case .other(let what): "the file cannot be read: \(what)"
        }
    }
}
