// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials
import NIOCore

/// The reply to an instant query (Prometheus 2.42, HTTP API, `GET /api/v1/query`), as far as it matters here.
struct PrometheusReply: Sendable {
    /// What is said of each notebook, by its id.
    let uses: [String: Use]
    /// The earliest and the latest instant for which the service evaluated, by its clock; nil for an empty vector.
    let evaluatedAt: ClosedRange<Timestamp>?

    /// All series of one notebook together.
    struct Use: Sendable, Equatable {
        /// The highest value; less than any number when there is none.
        var highest: Double
        /// Whether a series has no finite number, or none at all.
        var isOdd: Bool
    }

    /// Reads the body of a success; throws `.unintelligible` for anything that is no whole vector.
    init(_ body: ByteBuffer, notebookLabel: String, from host: String) throws(ProbeFailure) {
        let document: Document
        do {
            let decoder = JSONDecoder()
            guard let key = CodingUserInfoKey(rawValue: Document.labelKey) else { throw ProbeFailure(.noSuchSource) }
            decoder.userInfo[key] = notebookLabel
            document = try decoder.decode(Document.self, from: Data(body.readableBytesView))
        } catch {
            // The error's description quotes the reply, which may hold anything.
            throw ProbeFailure(.unintelligible("\(host): the reply is no vector of samples"))
        }
        // A reply with warnings is a partial one: what it lacks may be the very series that shows the use.
        guard document.warnings?.isEmpty != false else {
            throw ProbeFailure(.unintelligible("\(host): the reply carries a warning, so it may be incomplete"))
        }
        var uses: [String: Use] = [:]
        var earliest: Timestamp?
        var latest: Timestamp?
        uses.reserveCapacity(document.samples.count)
        for sample in document.samples {
            if let instant = sample.instant {
                earliest = min(earliest ?? instant, instant)
                latest = max(latest ?? instant, instant)
            }
            guard let notebook = sample.notebook else { continue }
            let number = sample.value.flatMap { $0.isFinite ? $0 : nil }
            let before = uses[notebook] ?? Use(highest: -.infinity, isOdd: false)
            uses[notebook] = Use(
                highest: max(before.highest, number ?? -.infinity),
                isOdd: before.isOdd || number == nil || sample.instant == nil
            )
        }
        self.uses = uses
        if let earliest, let latest { evaluatedAt = earliest...latest } else { evaluatedAt = nil }
    }

    /// The `errorType` of a refusal, such as `bad_data`; nil where there is none that can be shown.
    static func errorType(_ body: ByteBuffer) -> String? {
        struct Refusal: Decodable {
            var errorType: String
        }
        // Whatever else it is, it is no reason that could be told.
        guard let refusal = try? JSONDecoder().decode(Refusal.self, from: Data(body.readableBytesView)) else {
            return nil
        }
        let isPlain = refusal.errorType.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "_") }
        return isPlain && (1...32).contains(refusal.errorType.utf8.count) ? refusal.errorType : nil
    }
}

/// The body of a success.
private struct Document: Decodable {
    var samples: [Sample]
    var warnings: [String]?

    static let labelKey = "notebook label"

    private enum Key: String, CodingKey {
        case status
        case data
        case warnings
    }

    private enum DataKey: String, CodingKey {
        case resultType
        case result
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let data = try container.nestedContainer(keyedBy: DataKey.self, forKey: .data)
        guard
            try container.decode(String.self, forKey: .status) == "success",
            try data.decode(String.self, forKey: .resultType) == "vector"
        else {
            throw DecodingError.dataCorruptedError(forKey: .status, in: container, debugDescription: "no vector")
        }
        samples = try data.decode([Sample].self, forKey: .result)
        warnings = try container.decodeIfPresent([String].self, forKey: .warnings)
    }
}

/// One element of the vector.
private struct Sample: Decodable {
    var notebook: String?
    /// Nil for a histogram, and for a text that is no number.
    var value: Double?
    var instant: Timestamp?

    private enum Key: String, CodingKey {
        case metric
        case value
    }

    private struct Label: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let labels = try container.nestedContainer(keyedBy: Label.self, forKey: .metric)
        let label = CodingUserInfoKey(rawValue: Document.labelKey).flatMap { decoder.userInfo[$0] as? String }
        notebook = try labels.decodeIfPresent(String.self, forKey: Label(stringValue: label ?? ""))
        guard container.contains(.value) else { return }
        var pair = try container.nestedUnkeyedContainer(forKey: .value)
        let seconds = try pair.decode(Double.self)
        if seconds.magnitude < 1e12 { instant = Timestamp(milliseconds: Int64(seconds * 1_000)) }
        value = Double(try pair.decode(String.self))
    }
}
