// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

private import Foundation

/// Looks whether a program that a policy names can be run on this machine, and by whom it can be changed.
struct ProgramCheck {
    /// What is wrong with the program at an absolute path, as a warning: the policy may be for another machine.
    func problem(_ path: String) -> String? {
        let name = Quoted.value(path)
        let target = URL(filePath: path).resolvingSymlinksInPath()
        guard let file = Facts(of: target.path) else {
            return "there is no program \(name) on this machine; without it the source cannot tell about any notebook"
        }
        guard file.isRegular else { return "\(name) is no program" }
        guard file.permissions & 0o111 != 0 else { return "\(name) is not executable; run chmod +x on it" }
        if file.permissions & 0o022 != 0 {
            return "\(name) can be changed by others than its owner, who could keep every notebook running or have it "
                + "stopped; run chmod go-w on it"
        }
        let folder = target.deletingLastPathComponent().path
        // In a folder with the sticky bit only the owner of a file can replace it.
        guard let around = Facts(of: folder), around.permissions & 0o022 != 0, around.permissions & 0o1000 == 0 else {
            return nil
        }
        return "\(name) can be replaced by others than its owner; run chmod go-w on \(Quoted.value(folder))"
    }

    private struct Facts {
        let isRegular: Bool
        let permissions: Int

        init?(of path: String) {
            // What cannot be asked for its kind is not there for the daemon either.
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return nil }
            isRegular = attributes[.type] as? FileAttributeType == .typeRegular
            permissions = attributes[.posixPermissions] as? Int ?? 0
        }
    }
}
