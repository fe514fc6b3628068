// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// Everything that a client needs to use a simulator; printed by `curfew simulator` as its first line.
package struct SimulatorAccess: Sendable, Equatable, Codable {
    package let endpoint: String
    package let iamEndpoint: String
    package let metadataEndpoint: String
    package let projectID: String
    package let accessKey: String
    package let secretKey: String
    package let user: String
    package let password: String
}

/// The secrets and names that a simulator accepts.
package struct SimulatorCredentials: Sendable, Equatable {
    /// 32 hexadecimal digits.
    package var projectID = "0123456789abcdef0123456789abcdef"

    /// What `GET /v3/projects?name=` finds.
    package var projectName = "cn-north-4"
    package var accessKey = "SIMULATORACCESSKEY01"
    package var secretKey = "SimulatorSecretKeyThatIsNoSecret00000001"

    /// The IAM user behind the access key and the password.
    package var user = "operator"
    package var password = "no-secret-at-all"

    package init() {}
}
