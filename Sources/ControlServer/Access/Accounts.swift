// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What the machine knows of its users and groups; every question may wait for a name service.
package struct Accounts: Sendable {
    /// The name of a user; nil when it has none.
    package var userName: @Sendable (_ user: UInt32) -> String?
    /// All groups of a user, the given one included.
    package var groups: @Sendable (_ user: UInt32, _ group: UInt32) -> Set<UInt32>
    /// The number of a group; nil when there is none of that name.
    package var groupNumber: @Sendable (_ name: String) -> UInt32?

    package init(
        userName: @escaping @Sendable (_ user: UInt32) -> String?,
        groups: @escaping @Sendable (_ user: UInt32, _ group: UInt32) -> Set<UInt32>,
        groupNumber: @escaping @Sendable (_ name: String) -> UInt32?
    ) {
        (self.userName, self.groups, self.groupNumber) = (userName, groups, groupNumber)
    }
}
