// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ActivityProbes

@Suite struct HTTPLocationTests {
    @Test(arguments: [
        ("https://host/1111/lab", "https://host", "/1111/lab", nil),
        ("HTTPS://Host.Example:8443/a?b=c&d=%20", "https://host.example:8443", "/a", "b=c&d=%20"),
        ("http://127.0.0.1:8888", "http://127.0.0.1:8888", "/", nil),
        ("http://[::1]:8888/?", "http://[::1]:8888", "/", ""),
        ("https://host:443/@/b:c", "https://host", "/@/b:c", nil),
    ])
    func `a plain address is taken apart`(text: String, origin: String, path: String, query: String?) throws {
        let location = try #require(HTTPLocation(absolute: text))
        #expect(location.origin.text == origin)
        #expect(location.path == path)
        #expect(location.query == query)
    }

    @Test(arguments: [
        "", "host/lab", "//host/lab", "ftp://host/", "file:///etc/passwd", "https://", "https:///lab", "https://:443/",
        "https://user@host/", "https://user:pass@host/", "https://good.example@evil.example/",
        #"https://good.example\@evil.example/"#, #"https://host\evil/"#, "https://host/#fragment",
        "https://host#@evil/",
        "https://ho st/", "https://host/a b", "https://host/\u{0}", "https://host/\r\nX-Evil: 1", "https://host/\ttab",
        "https://hóst/", "https://host/ü", "https://host%2eevil/", "https://host:0/", "https://host:65536/",
        "https://host:+80/", "https://host:/", "https://host:80:90/", "https://host..example/", "https://host./",
        "https://[::1/", "https://[]/", "https://[::1]evil/", "https://[::1%25eth0]/", "https://host//evil.example/lab",
        "https://host/a/../b", "https://host/%2e%2E/b", "https://host/./b", "https://host/%0d%0aX", "https://host/%zz",
        "https://host/%4", "https://host/<", "https://host/a|b", "https://host/?q=\"", " https://host/",
        "https://host/ ",
    ])
    func `an address that could be read in two ways is none`(text: String) {
        #expect(HTTPLocation(absolute: text) == nil)
    }

    @Test(arguments: [
        ("https://host/x/y?z", "https://host/x/y?z"), ("/login?next=%2Flab", "https://host/login?next=%2Flab"),
        ("tree", "https://host/1111/tree"), ("?a=b", "https://host/1111/lab?a=b"),
    ])
    func `a reference is read from where it was answered`(reference: String, result: String) throws {
        let base = try #require(HTTPLocation(absolute: "https://host/1111/lab?token=t"))
        #expect(HTTPLocation(reference: reference, answeredBy: base)?.text == result)
    }

    @Test(arguments: [
        "//evil.example/", #"\\evil.example/"#, "javascript:alert(1)", "/a/../b", "https:/evil", "..", "/\n",
    ])
    func `a doubtful reference leads nowhere`(reference: String) throws {
        let base = try #require(HTTPLocation(absolute: "https://host/1111/lab"))
        #expect(HTTPLocation(reference: reference, answeredBy: base) == nil)
    }

    @Test(arguments: [
        ("http://localhost/", true), ("http://LOCALHOST:1/", true), ("http://127.0.0.1/", true),
        ("http://127.255.3.4/", true), ("http://[::1]/", true), ("http://127.1/", false), ("http://127.0.0.01/", false),
        ("http://2130706433/", false), ("http://0x7f.0.0.1/", false), ("http://127.0.0.1.evil.example/", false),
        ("http://localhost.evil.example/", false), ("http://128.0.0.1/", false), ("http://127.0.0.256/", false),
        ("http://[::ffff:127.0.0.1]/", false), ("http://0.0.0.0/", false),
    ])
    func `loopback is what is written as loopback`(text: String, expected: Bool) throws {
        #expect(try #require(HTTPLocation(absolute: text)).origin.isLoopback == expected)
    }
}
