// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads `service.credentials`: how the daemon proves who it is, without any secret.
struct CredentialsSection {
    let service: MappingReader
    let region: Region?

    private typealias Credentials = ServiceSettings.CredentialSettings

    private enum Kind: String, CaseIterable {
        case accessKey
        case password
        case agency

        /// The keys that make sense besides `kind`.
        var keys: [String] {
            switch self {
            case .accessKey: []
            case .password: ["user", "domain", "iamEndpoint"]
            case .agency: ["metadataEndpoint"]
            }
        }
    }

    private static let metadataEndpoint = "http://\(ServiceAddress.metadataHost)"

    /// The settings, a permanent access key when nothing is written; nil after an error.
    func read() -> ServiceSettings.CredentialSettings? {
        guard let entry = service.entry("credentials") else { return .accessKey }
        guard let reader = MappingReader(entry.value, .credentials, service.sink),
            reader.required("kind") != nil, let kind = reader.choice("kind", of: Kind.self)?.value
        else { return nil }
        for entry in reader.entries where entry.key != "kind" && !kind.keys.contains(entry.key) {
            let owner = Kind.allCases.first { $0.keys.contains(entry.key) }?.rawValue ?? ""
            reader.sink.error(entry.keyPlace, "`\(entry.key)` belongs to `kind: \(owner)`, not to \(kind.rawValue)")
        }
        switch kind {
        case .accessKey: return .accessKey
        case .password: return readPassword(reader)
        case .agency:
            guard let entry = reader.entry("metadataEndpoint") else {
                return .agency(metadataEndpoint: Self.metadataEndpoint)
            }
            return AddressReader(sink: reader.sink).address(entry, mayBeMetadata: true).map(Credentials.agency)
        }
    }

    private func readPassword(_ reader: MappingReader) -> ServiceSettings.CredentialSettings? {
        let user = reader.requiredText("user")?.value
        let domain = reader.requiredText("domain")?.value
        let endpoint = readIdentityEndpoint(reader)
        guard let user, let domain, let endpoint else { return nil }
        return .password(user: user, domain: domain, iamEndpoint: endpoint)
    }

    /// The base address of IAM, from the region when it is not written; a trailing `/v3` is dropped.
    private func readIdentityEndpoint(_ reader: MappingReader) -> String? {
        guard let entry = reader.entry("iamEndpoint") else {
            if region == nil, !service.has("region") {
                reader.sink.error(
                    reader.place,
                    "`service.credentials` needs the key `iamEndpoint`, or `service` the key `region`, from which it follows"
                )
            }
            return region?.iamEndpoint
        }
        let address = AddressReader(sink: reader.sink).address(entry, mayBeMetadata: false)
        return address.map { $0.hasSuffix("/v3") ? String($0.dropLast(3)) : $0 }
    }
}
