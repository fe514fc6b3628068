// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A value together with how and where it was written, for messages that need both.
struct Written<Value> {
    let value: Value
    let text: String
    let place: Place
}

extension Written: Equatable where Value: Equatable {}

extension Written: Sendable where Value: Sendable {}
