// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import Foundation
import Testing

/// A certificate for 127.0.0.1 that is its own authority, with its key.
package struct OwnAuthority: Sendable {
    /// PEM files.
    package let certificate: String
    package let key: String

    /// Makes both in the folder.
    package init(in folder: URL) async throws {
        certificate = folder.appending(path: "certificate").path()
        key = folder.appending(path: "key").path()
        let request = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out",
            certificate, "-days", "2", "-subj", "/CN=curfew test", "-addext", "subjectAltName=IP:127.0.0.1",
        ]
        try #require(try await FinishedProcess.run("/usr/bin/openssl", request).status == 0)
    }
}
