// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials

/// What a command answered: one JSON object with known keys only.
struct CommandAnswer: Sendable, Equatable {
    private let state: State
    private let lastActivityAt: Timestamp?
    /// For people; one line.
    let detail: String

    private enum State: String, Decodable {
        case active, idle, unknown
    }

    /// The furthest that a last activity may lie in the future and still be a matter of clocks; as at a Jupyter server.
    private static let furthestFuture: Duration = .seconds(60)
    /// How much of a text goes into logs.
    private static let longestText = 200

    /// Reads the answer of a program that has ended.
    ///
    /// Throws `.cannotTell` when it failed, with the first line of its errors, and `.unintelligible` when its output is no
    /// answer.
    init(_ run: CommandRun) throws(ProbeFailure) {
        if let failure = run.failure {
            let complaint = String(decoding: run.errors, as: UTF8.self).firstLine(longest: Self.longestText)
            throw ProbeFailure(.cannotTell("the command \(failure)" + (complaint.isEmpty ? "" : ": \(complaint)")))
        }
        let body: Body
        do {
            body = try JSONDecoder().decode(Body.self, from: Data(run.output))
        } catch {
            throw ProbeFailure(.unintelligible(Self.problem(error, of: run.output)))
        }
        state = body.state
        detail = body.detail.firstLine(longest: Self.longestText)
        lastActivityAt = try body.lastActivityAt.map { text throws(ProbeFailure) in
            guard let instant = Timestamp(rfc3339: text) else {
                throw ProbeFailure(
                    .unintelligible("the command's `lastActivityAt` is no RFC 3339 instant with an offset")
                )
            }
            return instant
        }
    }

    /// What the answer says of the notebook; the last activity is at the latest now.
    func activity(now: Timestamp) throws(ProbeFailure) -> Activity {
        if let lastActivityAt, lastActivityAt - now > Self.furthestFuture {
            throw ProbeFailure(.unintelligible("the command's `lastActivityAt` lies in the future"))
        }
        switch state {
        case .active: return .active
        case .unknown: return .unknown(.cannotTell(detail.isEmpty ? "the command says so" : detail))
        case .idle:
            // An absent stamp is never an infinite idle time (D4).
            guard let lastActivityAt else {
                throw ProbeFailure(.unintelligible("the command says idle without `lastActivityAt`"))
            }
            return .idle(since: min(lastActivityAt, now))
        }
    }

    /// The JSON object, its texts as they are.
    private struct Body: Decodable {
        var state: State
        var lastActivityAt: String?
        var detail: String

        private enum Key: String, CodingKey, CaseIterable {
            case state, lastActivityAt, detail
        }

        init(from decoder: any Decoder) throws {
            let all = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
            if let unknown = all.sorted().first(where: { Key(rawValue: $0) == nil }) { throw UnknownKey(name: unknown) }
            let container = try decoder.container(keyedBy: Key.self)
            state = try container.decode(State.self, forKey: .state)
            lastActivityAt = try container.decodeIfPresent(String.self, forKey: .lastActivityAt)
            detail = try container.decodeIfPresent(String.self, forKey: .detail) ?? ""
        }
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) { nil }
    }

    private struct UnknownKey: Error {
        let name: String
    }

    private static func problem(_ error: any Error, of output: [UInt8]) -> String {
        if output.isEmpty { return "the command wrote nothing" }
        if let error = error as? UnknownKey {
            return "the command's answer has the unknown key `\(error.name.firstLine(longest: 40))`"
        }
        switch error as? DecodingError {
        case .keyNotFound: return "the command's answer has no `state`"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return place(context).map { "the command's `\($0)` is no text" } ?? "the command's answer is no JSON object"
        case .dataCorrupted(let context):
            return place(context).map { "the command's `\($0)` is none of active, idle, unknown" }
                ?? "the command's answer is no JSON"
        default: return "the command's answer is no JSON"
        }
    }

    private static func place(_ context: DecodingError.Context) -> String? {
        context.codingPath.last?.stringValue
    }
}

extension String {
    /// The first line with anything in it, at most so many characters, without control characters: what a program wrote
    /// ends up in logs and on terminals.
    fileprivate func firstLine(longest: Int) -> String {
        let lines = unicodeScalars.split { $0 == "\n" || $0 == "\r" || $0 == "\u{2028}" || $0 == "\u{2029}" }
        for line in lines {
            var text = String.UnicodeScalarView()
            for scalar in line where !scalar.isForTerminals { text.append(scalar) }
            let words = String(text).split(separator: " ")
            if !words.isEmpty { return String(words.joined(separator: " ").prefix(longest)) }
        }
        return ""
    }
}

extension Unicode.Scalar {
    /// Whether it steers terminals or hides in texts instead of being read.
    fileprivate var isForTerminals: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }
}
