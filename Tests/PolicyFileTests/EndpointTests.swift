// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import PolicyFile
import Testing

@Suite("Endpoints and credentials")
struct EndpointTests {
    private func service(_ flow: String) throws -> ServiceSettings {
        try policy("{version: 1, service: {kind: modelarts, projectID: p, \(flow)}, rules: [{name: a, exempt: true}]}")
            .service
    }

    @Test(arguments: [
        ("eu-de", "https://modelarts.eu-de.otc.t-systems.com", "https://iam.eu-de.otc.t-systems.com"),
        ("eu-nl", "https://modelarts.eu-nl.otc.t-systems.com", "https://iam.eu-nl.otc.t-systems.com"),
        ("cn-north-4", "https://modelarts.cn-north-4.myhuaweicloud.com", "https://iam.cn-north-4.myhuaweicloud.com"),
        (
            "ap-southeast-1", "https://modelarts.ap-southeast-1.myhuaweicloud.cn",
            "https://iam.ap-southeast-1.myhuaweicloud.com"
        ),
        ("eu-west-101", "https://modelarts.eu-west-101.myhuaweicloud.eu", "https://iam.eu-west-101.myhuaweicloud.eu"),
    ])
    func `a region gives the endpoints`(region: String, modelArts: String, iam: String) throws {
        let service = try service("region: \(region), credentials: {kind: password, user: u, domain: d}")
        #expect(service.endpoint == modelArts)
        #expect(service.region == region)
        #expect(service.credentials == .password(user: "u", domain: "d", iamEndpoint: iam))
    }

    @Test(arguments: [
        ("https://a.example", "https://a.example"), ("https://a.example/", "https://a.example"),
        ("https://A.Example:8443/Path//", "https://a.example:8443/Path"),
        ("HTTP://LocalHost:80", "http://localhost:80"),
        ("http://127.9.8.7", "http://127.9.8.7"), ("http://[::1]:8080/x", "http://[::1]:8080/x"),
    ])
    func `an endpoint overrides the region and loses its trailing slash`(text: String, address: String) throws {
        #expect(try service("region: eu-de, endpoint: '\(text)'").endpoint == address)
    }

    @Test(arguments: [
        "http://example.org", "http://127.0.0.1.example.org", "http://127.1", "http://0127.0.0.1",
        "http://169.254.169.254",
        "http://localhost.example.org", "http://[::2]", "http://128.0.0.1", "ftp://a", "//a", "a", "https://",
        "https:///x",
        "https://u@a", "https://u:p@a/", "https://a?x=1", "https://a#x", "https://a b", "https://a:0",
        "https://a:65536",
        "https://a:", "https://a:8x", "https://[::1", "https://[::1]x", "https://[g]", "https://a..b", "https://ä.de",
        "https://a/b c", "https://a/ä", "http://127.0.0.1@example.org", "http://localhost\\@example.org",
    ])
    func `an address that is none, or that others could listen to, is an error`(text: String) {
        let load = load(policyText(service: "endpoint: '\(text)'"))
        #expect(load.policy == nil)
        #expect(load.lines.count == 1)
        #expect(load.lines.first?.contains("error: `endpoint` is no address of a service: ") == true)
    }

    @Test(arguments: [
        "https://iam.example.org", "https://iam.example.org/", "https://iam.example.org/v3",
        "https://iam.example.org/v3/",
    ])
    func `the address of IAM may have v3 at its end`(text: String) throws {
        let credentials = "credentials: {kind: password, user: u, domain: d, iamEndpoint: '\(text)'}"
        #expect(
            try service("region: eu-de, \(credentials)").credentials
                == .password(user: "u", domain: "d", iamEndpoint: "https://iam.example.org")
        )
    }

    @Test func `the agency's metadata service has its well-known address`() throws {
        #expect(
            try service("region: eu-de, credentials: {kind: agency}").credentials
                == .agency(metadataEndpoint: "http://169.254.169.254")
        )
        #expect(
            try service("region: eu-de, credentials: {kind: AGENCY, metadataEndpoint: 'http://127.0.0.1:1/'}")
                .credentials
                == .agency(metadataEndpoint: "http://127.0.0.1:1")
        )
    }

    @Test func `a region that no document lists is a warning, unless the endpoint is given`() throws {
        #expect(load(policyText(service: "scope: own").replacing("eu-de", with: "eu-dd")).lines.count == 1)
        #expect(load(policyText().replacing("eu-de", with: "eu-dd")).lines[0].hasSuffix("; did you mean `eu-de`?"))
        #expect(load(policyText(service: "endpoint: https://a").replacing("eu-de", with: "eu-dd")).lines == [])
    }

    @Test func `digits stay as they were written`() throws {
        let service = try policy(
            "{version: 1, service: {kind: modelarts, region: eu-de, projectID: 01234567890123456789012345678901, "
                + "workspaceID: 0}, rules: [{name: a, exempt: true}]}"
        ).service
        #expect(service.projectID == "01234567890123456789012345678901")
        #expect(service.workspaceID == "0")
    }
}
