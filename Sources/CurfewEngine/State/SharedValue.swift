// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// A value behind one reference.
///
/// For values of several hundred bytes that stand in several places at once, as in the loop's own state and in what its
/// readers see, or that are mostly absent: a fleet of a hundred thousand has each of them that often.
struct SharedValue<Value: Sendable>: Sendable {
    private let box: Box

    init(_ value: Value) {
        box = Box(value)
    }

    var value: Value { box.value }

    private final class Box: Sendable {
        let value: Value

        init(_ value: Value) {
            self.value = value
        }
    }
}
