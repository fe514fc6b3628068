// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension Selector.Condition {
    /// The key of the condition in the policy.
    package var key: String {
        switch self {
        case .id: "id"
        case .name: "name"
        case .owner: "owner"
        case .workspace: "workspace"
        case .flavor: "flavor"
        case .image: "image"
        case .pool: "pool"
        case .feature: "feature"
        case .tag: "tag"
        case .description: "description"
        case .leaseType: "leaseType"
        case .marked: "marked"
        case .runningFor: "runningFor"
        case .during: "during"
        case .spent: "spent"
        case .not: "not"
        }
    }
}
