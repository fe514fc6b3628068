// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

internal import CurfewCore

/// Reads `service`: where the notebooks live.
struct ServiceSection {
    let reader: MappingReader

    private var sink: DiagnosticSink { reader.sink }

    /// The settings when all of them could be read, and the poll interval in any case, because rules are held to it.
    struct Result {
        let settings: ServiceSettings?
        let pollEvery: Written<Duration>
    }

    static let defaultPollEvery = Written<Duration>(value: .seconds(60), text: "1min", place: .start)

    private enum Kind: String, CaseIterable {
        case modelarts
    }

    func read() -> Result {
        if reader.required("kind") != nil { _ = reader.choice("kind", of: Kind.self) }
        let region = readRegion()
        let endpoint = readEndpoint(region)
        let projectID = readProjectID()
        let pollEvery = reader.duration("pollEvery", .polling) ?? Self.defaultPollEvery
        let credentials = CredentialsSection(service: reader, region: region).read()
        let scope = reader.choice("scope", of: ServiceSettings.Scope.self)?.value ?? .project
        let workspaceID = reader.text("workspaceID")?.value
        let caFile = readAuthorityFile()
        guard let endpoint, let projectID, let credentials else { return Result(settings: nil, pollEvery: pollEvery) }
        let settings = ServiceSettings(
            endpoint: endpoint,
            region: region?.name,
            projectID: projectID,
            scope: scope,
            workspaceID: workspaceID,
            pollEvery: pollEvery.value,
            credentials: credentials,
            caFile: caFile
        )
        return Result(settings: settings, pollEvery: pollEvery)
    }

    private func readRegion() -> Region? {
        guard let written = reader.text("region") else { return nil }
        guard let region = Region(written.value) else {
            let hint = Suggestion.clause(for: written.value, among: Region.known)
            sink.error(
                written.place,
                "`region` must be a name such as eu-de or cn-north-4, not \(Quoted.value(written.value))\(hint)"
            )
            return nil
        }
        if !region.offersModelArts, !reader.has("endpoint") {
            let hint = Suggestion.clause(for: region.name, among: Region.known)
            sink.warning(
                written.place,
                "no document lists ModelArts in the region \(region.name), so \(region.modelArtsEndpoint) is a guess; "
                    + "set `endpoint` to be sure\(hint)"
            )
        }
        return region
    }

    private func readEndpoint(_ region: Region?) -> String? {
        if let entry = reader.entry("endpoint") {
            return AddressReader(sink: sink).address(entry, mayBeMetadata: false)
        }
        if region == nil, !reader.has("region") {
            reader.reportMissing(
                ["region", "endpoint"],
                "`service` needs `region`, from which the endpoint follows, or `endpoint` itself"
            )
        }
        return region?.modelArtsEndpoint
    }

    /// The identifier becomes part of every address, so only what needs no encoding is accepted.
    private func readProjectID() -> String? {
        guard reader.required("projectID") != nil, let written = reader.text("projectID") else { return nil }
        let isIdentifier =
            written.value.utf8.count <= 64
            && written.value.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
        if isIdentifier { return written.value }
        sink.error(
            written.place,
            "`projectID` must be the project's identifier, usually 32 hexadecimal digits, not "
                + Quoted.value(written.value)
        )
        return nil
    }

    private func readAuthorityFile() -> String? {
        guard let file = reader.text("caFile") else { return nil }
        if !file.value.hasPrefix("/") {
            sink.error(file.place, "`caFile` must be an absolute path such as /etc/curfew/ca.pem")
        }
        return file.value
    }
}
