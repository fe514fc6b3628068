// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Where the services of a region answer, by the endpoint tables of the ModelArts API reference.
struct Region {
    let name: String

    /// The two regions of the Open Telekom Cloud.
    private static let openTelekom: Set<String> = ["eu-de", "eu-nl"]
    /// The regions of Huawei Cloud in which ModelArts is offered.
    private static let huawei: Set<String> = [
        "cn-north-1", "cn-north-2", "cn-north-4", "cn-north-9", "cn-north-11", "cn-north-12", "cn-south-1", "cn-east-3",
        "cn-east-4", "cn-southwest-2", "cn-southwest-3", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3",
        "ap-southeast-4", "la-south-2", "la-north-2", "af-south-1", "af-north-1", "tr-west-1", "me-east-1",
        "sa-brazil-1",
    ]

    /// Nil when the text cannot be a region's name, and so must not become part of an address.
    init?(_ name: String) {
        let parts = name.split(separator: "-", omittingEmptySubsequences: false)
        let isName =
            parts.count >= 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
            }
        guard isName, name.utf8.count <= 40 else { return nil }
        self.name = name
    }

    /// Whether the documents list ModelArts in this region.
    var offersModelArts: Bool { name == "eu-de" || Self.huawei.contains(name) }

    /// The regions to suggest.
    static var known: [String] { ["eu-de"] + huawei.sorted() }

    var modelArtsEndpoint: String {
        "https://modelarts.\(name).\(name == "ap-southeast-1" ? "myhuaweicloud.cn" : domain)"
    }

    var iamEndpoint: String { "https://iam.\(name).\(domain)" }

    private var domain: String {
        if Self.openTelekom.contains(name) { return "otc.t-systems.com" }
        return name == "eu-west-101" ? "myhuaweicloud.eu" : "myhuaweicloud.com"
    }
}
