// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import ActivityProbes

@Suite struct CookieJarTests {
    private let now = Timestamp(milliseconds: 1_795_232_858_000)

    private func jar(_ headers: String...) -> CookieJar {
        var jar = CookieJar()
        for header in headers { jar.take(header, now: now) }
        return jar
    }

    @Test func `names and values are kept as they came, attributes are not`() {
        let jar = jar(
            "session=\"2|1:0|10:17==|ad1f\"; expires=Mon, 21 Dec 2026 03:47:38 GMT; HttpOnly; Path=/f99/",
            " _xsrf = 2|b9 ;Secure"
        )
        #expect(jar.header == "_xsrf=2|b9; session=\"2|1:0|10:17==|ad1f\"")
    }

    @Test(arguments: [
        "a=; Max-Age=0", "a=x; max-age=-1", "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "a=\"\"; expires=Thu, 21-Nov-2025 00:00:00 GMT; Path=/",
    ])
    func `a cookie is deleted by Max-Age or a past Expires`(header: String) {
        #expect(jar("a=1", header).isEmpty)
    }

    @Test func `a later value replaces an earlier one`() {
        #expect(jar("a=1", "a=2; Max-Age=60; Expires=nonsense").header == "a=2")
    }

    @Test(arguments: [
        "", "a", "=x", "a=\u{1}", "a=x\r\nEvil: 1", "ü=1", "a=b,c", "a=\(String(repeating: "x", count: 5_000))",
    ])
    func `what could not be sent back unchanged is dropped`(header: String) {
        #expect(jar(header).isEmpty)
    }

    @Test func `a server cannot fill the memory`() {
        var jar = CookieJar()
        for number in 0..<1_000 { jar.take("c\(number)=x", now: now) }
        #expect(jar.header.split(separator: ";").count == 50)
    }

    @Test func `I11: a jar does not print its values`() {
        #expect(!String(reflecting: jar("session=very-secret")).contains("very-secret"))
    }
}
