// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import ControlProtocol
import CurfewCore

/// By what `status` sorts its table; ties go by name, then by id.
enum StatusOrder: String, ExpressibleByArgument, CaseIterable {
    case name
    case owner
    /// The next stop first.
    case deadline
    /// The longest idle first.
    case idle
    /// The lease that ends next first.
    case lease
    /// What is being stopped first, what is left alone last.
    case verdict

    /// The rows in this order.
    func sorted(_ rows: [StatusTableRow]) -> [StatusTableRow] {
        switch self {
        case .name: Self.sorted(rows) { _ in 0 }
        case .owner: Self.sorted(rows) { $0.owner ?? "-" }
        case .deadline: Self.sorted(rows) { $0.deadline?.milliseconds ?? .max }
        case .idle: Self.sorted(rows) { $0.idleSince?.milliseconds ?? .max }
        case .lease: Self.sorted(rows) { $0.leaseExpiresAt?.milliseconds ?? .max }
        case .verdict: Self.sorted(rows) { $0.urgency }
        }
    }

    /// Sorts the places and not the rows, which are long and would be copied at each exchange.
    private static func sorted<Key: Comparable>(_ rows: [StatusTableRow], by key: (StatusTableRow) -> Key)
        -> [StatusTableRow]
    {
        let keys = rows.map(key)
        let places = rows.indices.sorted { one, other in
            if keys[one] != keys[other] { return keys[one] < keys[other] }
            if rows[one].name != rows[other].name { return rows[one].name < rows[other].name }
            return rows[one].id < rows[other].id
        }
        return places.map { rows[$0] }
    }
}
