// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import ActivityProbes

@Suite struct JupyterLoginsTests {
    private let origin = HTTPOrigin(scheme: "https", authority: "host")
    private let token = Secret("t")

    private var jar: CookieJar {
        var jar = CookieJar()
        jar.take("session=1", now: Timestamp(milliseconds: 0))
        return jar
    }

    @Test func `a login is good for one token at one origin`() throws {
        let origin = try #require(origin)
        let other = try #require(HTTPOrigin(scheme: "https", authority: "host:8443"))
        let logins = JupyterLogins()
        logins.keep(jar, of: NotebookID("a"), token: token, origin: origin)
        #expect(logins.jar(of: NotebookID("a"), token: token, origin: origin) == jar)
        #expect(logins.jar(of: NotebookID("b"), token: token, origin: origin) == nil)
        #expect(logins.jar(of: NotebookID("a"), token: Secret("u"), origin: origin) == nil)
        #expect(logins.jar(of: NotebookID("a"), token: token, origin: other) == nil)
        logins.forget(NotebookID("a"))
        #expect(logins.jar(of: NotebookID("a"), token: token, origin: origin) == nil)
    }

    @Test func `the login used longest ago makes room`() throws {
        let origin = try #require(origin)
        let logins = JupyterLogins(most: 2)
        logins.keep(jar, of: NotebookID("a"), token: token, origin: origin)
        logins.keep(jar, of: NotebookID("b"), token: token, origin: origin)
        #expect(logins.jar(of: NotebookID("a"), token: token, origin: origin) != nil)
        logins.keep(jar, of: NotebookID("a"), token: token, origin: origin)
        logins.keep(jar, of: NotebookID("c"), token: token, origin: origin)
        #expect(logins.jar(of: NotebookID("b"), token: token, origin: origin) == nil)
        #expect(logins.jar(of: NotebookID("a"), token: token, origin: origin) != nil)
        #expect(logins.jar(of: NotebookID("c"), token: token, origin: origin) != nil)
    }
}
