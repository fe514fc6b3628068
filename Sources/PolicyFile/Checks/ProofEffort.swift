// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// How much proving one load of a policy may still do, so that no file can stall the check.
///
/// A class, because all proofs of one load draw on it; it never leaves the load that made it. Counted in steps of one
/// glob over one character, some ten nanoseconds each. Once it is spent, nothing more is proved.
package final class ProofEffort {
    /// Far above what a policy of a thousand rules takes.
    package static let ofOneLoad = 4_000_000

    private var left: Int

    package init(_ steps: Int = ofOneLoad) {
        left = steps
    }

    var isSpent: Bool { left <= 0 }

    func spend(_ steps: Int) {
        left -= steps
    }
}
