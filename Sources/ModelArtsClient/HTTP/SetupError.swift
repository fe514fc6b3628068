// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The client cannot be built from what it was given; a fault of the configuration.
package enum SetupError: Error, Sendable, Equatable {
    /// An address that is none, by the name of its setting.
    case badAddress(setting: String, address: String)
    /// An address that would carry credentials in the clear.
    case plainHTTP(setting: String, address: String)
    /// The credentials that were read are not of the kind that the settings ask for.
    case wrongCredentials
    /// A file of certificate authorities that cannot be used.
    case badAuthorityFile(path: String, reason: String)
}

extension SetupError: CustomStringConvertible {
    /// What is wrong and what to do.
    package var description: String {
        switch self {
        case .badAddress(let setting, let address):
            "\(setting): \"\(address)\" is no address of a service; write it like https://modelarts.eu-de.example.com"
        case .plainHTTP(let setting, let address):
            "\(setting): \"\(address)\" would send credentials unencrypted; use https (plain http is for loopback and "
                + "169.254.169.254 only)"
        case .wrongCredentials:
            "the credentials are not of the kind that service.credentials asks for; read them with the same settings"
        case .badAuthorityFile(let path, let reason):
            "service.caFile: \(path) cannot be used (\(reason)); it must hold certificates in PEM form"
        }
    }
}
