// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension ServiceSettings {
    /// Whether an address belongs to the same cloud as the service, so that a request signed with its credentials may go
    /// there.
    ///
    /// It is the service's own host, or lies under its domain: `modelarts.eu-de.otc.t-systems.com` covers everything in
    /// `eu-de.otc.t-systems.com`. A numeric address covers itself alone.
    package func covers(_ address: String) -> Bool {
        guard let own = Self.host(of: endpoint), let other = Self.host(of: address) else { return false }
        if own == other { return true }
        let labels = own.split(separator: ".")
        let isNumeric = own.contains(":") || labels.allSatisfy { $0.allSatisfy(\.isNumber) }
        guard !isNumeric, labels.count >= 3 else { return false }
        return other.hasSuffix("." + labels.dropFirst().joined(separator: "."))
    }

    /// The host of `https://host[:port][/path]`, in lower case.
    private static func host(of address: String) -> String? {
        guard let separator = address.firstRange(of: "://") else { return nil }
        let authority = address[separator.upperBound...].prefix { $0 != "/" }.lowercased()
        guard !authority.contains("@") else { return nil }
        if authority.hasPrefix("[") { return authority.firstIndex(of: "]").map { String(authority[...$0]) } }
        return String(authority.prefix { $0 != ":" })
    }
}
