// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@Suite("I11, D24: a secret cannot be printed")
struct SecretTests {
    private static let text = "hunter2-very-secret"
    private let secret = Secret(text)

    /// A thing of somebody else's that holds a secret somewhere inside.
    private struct Holder: Error {
        var name = "holder"
        var access: [String: JupyterAccess?]
    }

    private func everyText(of value: Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        var printed = ""
        print(value, to: &printed)
        debugPrint(value, to: &printed)
        return [dumped, printed, "\(value)", String(describing: value), String(reflecting: value)]
    }

    @Test func `no description of the secret itself shows it`() {
        for text in everyText(of: secret) + everyText(of: Optional(secret) as Any) {
            #expect(!text.contains(Self.text))
            #expect(text.contains("(secret)"))
        }
        #expect("\(secret)" == "(secret)")
    }

    @Test func `no description of what holds a secret shows it`() {
        let notebook = Sample.notebook(token: Self.text)
        let record = Sample.record(notebook)
        let holder = Holder(access: ["a": JupyterAccess(url: "https://a", token: secret), "b": nil])
        let decision = Planner.decide(record, policy: Sample.policy(Sample.idle()), now: noon)
        let things: [Any] = [
            notebook, record, holder, [secret], ["k": secret], (1, secret), decision, holder as any Error,
        ]
        for text in things.flatMap(everyText) { #expect(!text.contains(Self.text)) }
    }

    @Test func `a mirror finds nothing inside`() {
        #expect(Mirror(reflecting: secret).children.isEmpty)
        #expect(Mirror(reflecting: secret).superclassMirror == nil)
    }

    @Test func `only reveal gives the text, and equality compares it`() {
        #expect(secret.reveal() == Self.text)
        #expect(secret == Secret(Self.text))
        #expect(secret != Secret("other"))
        #expect(Secret("").isEmpty)
        #expect(!secret.isEmpty)
    }

    @Test func `it cannot be encoded`() {
        #expect(!((secret as Any) is any Encodable))
        #expect(!((Sample.notebook() as Any) is any Encodable))
    }
}
