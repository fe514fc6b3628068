// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore
import FoundationEssentials

/// The directory with one file per secret: systemd's `$CREDENTIALS_DIRECTORY`, or `--credentials-dir`.
///
/// The files are `access-key`, `secret-key`, `security-token` (optional) and `password`, and for a source of evidence NAME
/// `evidence-NAME-token` or `evidence-NAME-password`.
package struct CredentialFiles: Sendable {
    /// No key, token or password comes near this.
    private static let largestFile = 64 << 10

    private let directory: String

    /// Reads from a directory by its path; nothing is opened yet.
    package init(directory: String) {
        self.directory = directory
    }

    /// Reads the files that this kind of credentials needs, and no other.
    package func read(for settings: ServiceSettings.CredentialSettings) throws(CredentialError) -> ModelArtsCredentials
    {
        switch settings {
        case .accessKey:
            .accessKey(
                id: try header("access-key"),
                secret: try secret("secret-key"),
                securityToken: try optionalHeader("security-token")
            )
        case .password: .password(try secret("password"))
        case .agency: .agency
        }
    }

    /// Reads the token of a source of evidence.
    package func token(of source: EvidenceName) throws(CredentialError) -> Secret {
        try header("evidence-\(source)-token")
    }

    /// Reads the password of a source of evidence.
    package func password(of source: EvidenceName) throws(CredentialError) -> Secret {
        try secret("evidence-\(source)-password")
    }

    /// Reads a secret that travels in a header, where only visible ASCII may stand.
    private func header(_ name: String) throws(CredentialError) -> Secret {
        let value = try secret(name)
        guard value.reveal().utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .malformed(file: path(name))
        }
        return value
    }

    private func optionalHeader(_ name: String) throws(CredentialError) -> Secret? {
        do {
            return try header(name)
        } catch .missing {
            return nil
        }
    }

    private func secret(_ name: String) throws(CredentialError) -> Secret {
        let path = path(name)
        var bytes = try contents(of: path)
        if bytes.last == UInt8(ascii: "\n") {
            bytes.removeLast()
            if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        }
        guard !bytes.isEmpty else { throw .empty(file: path) }
        guard let text = String(validating: bytes, as: UTF8.self), bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw .malformed(file: path)
        }
        return Secret(text)
    }

    private func path(_ name: String) -> String {
        directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
    }

    private func contents(of path: String) throws(CredentialError) -> [UInt8] {
        // The attributes of a link are its own, so the file that it leads to is looked at.
        let file = URL(filePath: path).resolvingSymlinksInPath().path
        guard FileManager.default.fileExists(atPath: file) else { throw .missing(file: path) }
        let attributes: [FileAttributeKey: Any]
        do {
            attributes = try FileManager.default.attributesOfItem(atPath: file)
        } catch {
            throw .unreadable(file: path)
        }
        guard
            let mode = attributes[.posixPermissions] as? Int, let size = attributes[.size] as? Int,
            attributes[.type] as? FileAttributeType == .typeRegular, size <= Self.largestFile
        else { throw .unreadable(file: path) }
        guard mode & 0o007 == 0 else { throw .readableByOthers(file: path) }
        do {
            return Array(try Data(contentsOf: URL(filePath: file)))
        } catch {
            throw .unreadable(file: path)
        }
    }
}
