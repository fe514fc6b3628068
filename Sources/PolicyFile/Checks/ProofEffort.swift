// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// How much proving one load of a policy may still do, so that no file can stall a load.
///
/// A class, because all proofs of one load draw on it; it never leaves the load that it is for. Counted in steps of one
/// glob over one character, some ten nanoseconds each. Once it is spent, nothing more is proved.
package final class ProofEffort {
    /// Far above what a policy of a thousand rules takes.
    package static let ofOneLoad = 10_000_000

    /// The steps taken up to now, at most one large step above the bound.
    package private(set) var steps = 0
    private let bound: Int

    package init(_ bound: Int = ofOneLoad) {
        self.bound = bound
    }

    var isSpent: Bool { steps >= bound }

    func spend(_ steps: Int) {
        self.steps += steps
    }
}
