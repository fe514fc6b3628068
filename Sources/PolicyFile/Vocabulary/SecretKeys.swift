// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Recognises keys that announce a secret, which a policy file must not hold.
enum SecretKeys {
    private static let files: [(file: String, keys: Set<String>)] = [
        ("access-key", ["accesskey", "accesskeyid", "ak", "accesskeys"]),
        ("secret-key", ["secretkey", "secretaccesskey", "secretkeyid", "secret", "secrets", "sk", "clientsecret"]),
        ("security-token", ["securitytoken", "sessiontoken", "token", "accesstoken", "authtoken", "apitoken"]),
        ("password", ["password", "passwd", "passphrase", "pwd", "pass", "userpassword"]),
        ("notify-…", ["webhooksecret", "apikey", "privatekey", "smtppassword"]),
    ]

    /// The credential file that the secret belongs into, or nil when the key announces none.
    static func credentialFile(for key: String) -> String? {
        let letters = key.lowercased().filter { $0 != "-" && $0 != "_" && $0 != "." && $0 != " " }
        return files.first { $0.keys.contains(letters) }?.file
    }
}
