// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Bytes that the first reader makes and all others take over.
package final class RenderedOnce: Sendable {
    private let bytes = Mutex<[UInt8]?>(nil)

    init() {}

    /// The bytes; `make` must always give the same.
    ///
    /// It runs outside the lock, so two readers may come to make them at the same time.
    package func bytes(_ make: () -> [UInt8]) -> [UInt8] {
        if let known = bytes.withLock({ $0 }) { return known }
        let made = make()
        bytes.withLock { $0 = made }
        return made
    }
}
