// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// A reason why no stop goes out.
package struct HoldDocument: Codable, Equatable, Sendable {
    package let code: String
    package let text: String
    /// Null where nobody noted since when.
    @ExplicitNull package var since: String?

    package init(_ hold: HoldInForce) {
        (code, text) = (hold.code, hold.text)
        since = hold.since?.description
    }
}
