// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import ActivityProbes

@Suite struct JupyterAddressTests {
    @Test(arguments: [
        ("https://host/1111/lab", "https://host/1111/api/kernels?no_track_activity=1"),
        ("https://host/1111/lab/", "https://host/1111/api/kernels?no_track_activity=1"),
        ("https://host/1111/lab?token=old&x=y", "https://host/1111/api/kernels?no_track_activity=1"),
        ("https://host/1111", "https://host/1111/api/kernels?no_track_activity=1"),
        ("https://host/collab", "https://host/collab/api/kernels?no_track_activity=1"),
        ("https://host/lab", "https://host/api/kernels?no_track_activity=1"),
        ("http://localhost:8888", "http://localhost:8888/api/kernels?no_track_activity=1"),
    ])
    func `the API is beside the page that the user opens`(url: String, expected: String) throws {
        #expect(try JupyterAddress(url).api("kernels").text == expected)
    }

    @Test func `a login shows the token in the query, escaped, and leaves the address's own query out`() throws {
        let address = try JupyterAddress("https://host/1111/lab?token=old")
        let location = address.login(with: Secret("a+b/c=d e&f\n"))
        #expect(location.text == "https://host/1111/lab?token=a%2Bb%2Fc%3Dd%20e%26f%0A")
        #expect(address.referer == "https://host/1111/")
    }

    @Test(arguments: [
        "http://host/lab", "http://127.0.0.1.evil.example/lab", "http://10.0.0.1/lab", "http://127.1/lab",
    ])
    func `plain http is for loopback only`(url: String) {
        #expect(throws: ProbeFailure.self) { try JupyterAddress(url) }
    }
}
