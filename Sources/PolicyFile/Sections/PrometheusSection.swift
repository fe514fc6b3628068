// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads the keys of a source of evidence of kind `prometheus`.
struct PrometheusSection {
    let reader: MappingReader
    /// Where the notebooks live; nil when that could not be read, which has been said.
    let service: ServiceSettings?

    private var sink: DiagnosticSink { reader.sink }

    /// The keys that make sense besides `kind`.
    static let keys = [
        "endpoint", "query", "notebookLabel", "activeAbove", "lag", "timeout", "auth", "user", "caFile",
    ]

    private enum Authentication: String, CaseIterable {
        case none
        case bearer
        case basic
        case cloud
    }

    /// A query goes out in an address, and servers bound its length.
    private static let longestQuery = 4_096

    /// The settings; nil after an error that leaves them incomplete.
    func read() -> PrometheusSettings? {
        let endpoint = readEndpoint()
        let query = readQuery()
        let label = readLabel()
        let authentication = readAuthentication(endpoint)
        let caFile = readAuthorityFile()
        let standard = PrometheusSettings(endpoint: "", query: "", notebookLabel: "")
        let activeAbove = reader.number("activeAbove")?.value ?? standard.activeAbove
        let lag = reader.duration("lag", .sampleAge)?.value ?? standard.lag
        let timeout = reader.duration("timeout", .probe)?.value ?? standard.timeout
        guard let endpoint, let query, let label, let authentication else { return nil }
        return PrometheusSettings(
            endpoint: endpoint.value,
            query: query,
            notebookLabel: label,
            activeAbove: activeAbove,
            lag: lag,
            timeout: timeout,
            authentication: authentication,
            caFile: caFile
        )
    }

    private func readEndpoint() -> Written<String>? {
        guard let written = reader.requiredText("endpoint") else { return nil }
        if let other = placeholders(in: written.value).first(where: { $0 != PrometheusSettings.projectPlaceholder }) {
            let known = Quoted.key(PrometheusSettings.projectPlaceholder)
            sink.error(written.place, "`endpoint` has the placeholder \(Quoted.key(other)); there is only \(known)")
            return nil
        }
        do {
            let address = try ServiceAddress(withProject(written.value), mayBeMetadata: false).text
            if address.hasSuffix("/api/v1") || address.hasSuffix("/api/v1/query") {
                sink.error(written.place, "`endpoint` is the base address; leave out everything from `/api/v1` on")
                return nil
            }
            return Written(value: address, text: written.text, place: written.place)
        } catch {
            sink.error(written.place, "`endpoint` is no address of a service: \(error.reason)")
            return nil
        }
    }

    private func readQuery() -> String? {
        guard let written = reader.requiredText("query") else { return nil }
        guard written.value.utf8.count <= Self.longestQuery else {
            sink.error(written.place, "`query` has more than \(Self.longestQuery) bytes")
            return nil
        }
        let known = [PrometheusSettings.windowPlaceholder, PrometheusSettings.projectPlaceholder]
        if let other = placeholders(in: written.value).first(where: { !known.contains($0) }) {
            let choice = Quoted.alternatives(known)
            sink.error(written.place, "`query` has the placeholder \(Quoted.key(other)); there is \(choice)")
            return nil
        }
        guard written.value.contains(PrometheusSettings.windowPlaceholder) else {
            sink.error(
                written.place,
                "`query` must look back over `{window}`, as in max by (service_id) (max_over_time(some_metric[{window}]))"
            )
            return nil
        }
        if written.value.contains("vector(") {
            sink.warning(
                written.place,
                "`query` makes values up with `vector`, so nobody notices when the metrics themselves have ended"
            )
        }
        return withProject(written.value)
    }

    private func readLabel() -> String? {
        guard let written = reader.requiredText("notebookLabel") else { return nil }
        let bytes = Array(written.value.utf8)
        let isName =
            bytes.first.map { !isDigit($0) } == true
            && bytes.allSatisfy { isDigit($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: "_") }
        if isName { return written.value }
        let examples = "such as service_id or notebook_id"
        sink.error(
            written.place,
            "`notebookLabel` must be the name of a label \(examples), not \(Quoted.value(written.value))"
        )
        return nil
    }

    private func readAuthentication(_ endpoint: Written<String>?) -> PrometheusSettings.Authentication? {
        let kind: Authentication
        if reader.has("auth") {
            guard let written = reader.choice("auth", of: Authentication.self) else { return nil }
            kind = written.value
        } else {
            kind = .none
        }
        if kind != .basic, let user = reader.entry("user") {
            sink.error(user.keyPlace, "`user` belongs to `auth: basic`")
            return nil
        }
        switch kind {
        case .none: return PrometheusSettings.Authentication.none
        case .bearer: return .bearer
        case .basic: return reader.requiredText("user").flatMap(readUser).map { .basic(user: $0) }
        case .cloud:
            if let service, let endpoint, !service.covers(endpoint.value) {
                sink.error(
                    endpoint.place,
                    "`auth: cloud` is for services of the same cloud as `service.endpoint` only, and this address is not "
                        + "under its domain"
                )
            }
            return .cloud
        }
    }

    /// A colon would end the user's name on the wire (RFC 7617).
    private func readUser(_ written: Written<String>) -> String? {
        guard written.value.contains(":") else { return written.value }
        sink.error(written.place, "`user` must not contain a colon")
        return nil
    }

    private func readAuthorityFile() -> String? {
        guard let file = reader.text("caFile") else { return nil }
        if !file.value.hasPrefix("/") {
            sink.error(file.place, "`caFile` must be an absolute path such as /etc/curfew/ca.pem")
        }
        return file.value
    }

    private func withProject(_ text: String) -> String {
        text.split(separator: PrometheusSettings.projectPlaceholder, omittingEmptySubsequences: false)
            .joined(separator: service?.projectID ?? "project")
    }

    /// What stands in braces and is no selector of labels.
    private func placeholders(in query: String) -> [String] {
        query.matches(of: /\{[A-Za-z]+\}/).map { String($0.output) }
    }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
