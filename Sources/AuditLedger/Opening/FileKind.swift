// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

private import FoundationEssentials

/// What lies at a path, behind any links.
enum FileKind: Equatable {
    case missing
    case directory
    /// An ordinary file with so many bytes.
    case file(bytes: Int)
    case other

    init(at path: String) {
        // What cannot be asked is as good as missing: opening it says why.
        let target = URL(filePath: path).resolvingSymlinksInPath().path
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: target) else {
            self = .missing
            return
        }
        switch attributes[.type] as? FileAttributeType {
        case .typeDirectory?: self = .directory
        case .typeRegular?: self = .file(bytes: attributes[.size] as? Int ?? 0)
        default: self = .other
        }
    }
}
