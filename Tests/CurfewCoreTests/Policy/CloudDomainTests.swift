// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@Suite("The domain of a cloud")
struct CloudDomainTests {
    @Test(
        "I11: signed requests go to the service's own host and domain, and nowhere else",
        arguments: [
            ("https://modelarts.eu-de.otc.t-systems.com", "https://aom.eu-de.otc.t-systems.com/v1/p/aom", true),
            ("https://modelarts.eu-de.otc.t-systems.com", "https://a.b.EU-DE.otc.t-systems.com:8443", true),
            ("https://modelarts.eu-de.otc.t-systems.com", "https://eu-de.otc.t-systems.com", false),
            ("https://modelarts.eu-de.otc.t-systems.com", "https://aom.eu-nl.otc.t-systems.com", false),
            ("https://modelarts.eu-de.otc.t-systems.com", "https://xeu-de.otc.t-systems.com", false),
            ("https://modelarts.eu-de.otc.t-systems.com", "https://eu-de.otc.t-systems.com.example.com", false),
            ("https://modelarts.eu-de.otc.t-systems.com", "https://aom.eu-de.otc.t-systems.com@example.com", false),
            ("https://modelarts.example", "https://other.example", false),
            ("https://10.0.0.7", "https://10.0.0.7:9090", true), ("https://10.0.0.7", "https://1.10.0.0.7", false),
            ("https://[2001:db8::1]", "https://[2001:db8::1]:9090", true),
            ("https://[2001:db8::1]", "https://[2001:db8::2]", false),
            ("http://127.0.0.1:1", "http://127.0.0.1:2", true), ("https://a.b.example", "aom.b.example", false),
        ]
    )
    func covers(service: String, address: String, isCovered: Bool) {
        #expect(ServiceSettings(endpoint: service, projectID: "p").covers(address) == isCovered)
    }
}
