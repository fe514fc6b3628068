// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// How long the cloud lets a notebook run before stopping it by itself.
///
/// The arithmetic is the one that published captures of the API prove: the lease ends at `createdAt + duration`, where
/// `createdAt` never changes and `duration` grows with each renewal.
package struct Lease: Hashable, Sendable {
    /// What makes the lease end.
    package enum Kind: Hashable, Sendable {
        /// The running time (`TIMING`), also assumed where the API leaves the type out.
        case timing
        /// A stretch without use (`IDLE`); its end cannot be computed, the cloud decides.
        case idle
        /// A word no document lists.
        case unrecognized(String)
    }

    /// Whether the cloud stops the notebook by itself at all.
    package var isEnabled: Bool
    package var kind: Kind
    /// The beginning of the arithmetic: when the notebook was created.
    package var createdAt: Timestamp
    /// The running time counted from `createdAt`, in milliseconds on the wire; not positive means unlimited.
    package var duration: Duration
    /// When the lease was last set; nil where the reply leaves it out.
    package var updatedAt: Timestamp?

    package init(isEnabled: Bool, kind: Kind, createdAt: Timestamp, duration: Duration, updatedAt: Timestamp?) {
        self.isEnabled = isEnabled
        self.kind = kind
        self.createdAt = createdAt
        self.duration = duration
        self.updatedAt = updatedAt
    }

    /// When the lease ends; nil when it cannot run out (disabled, or without a positive duration).
    package var expiry: Timestamp? {
        guard isEnabled, duration > .zero else { return nil }
        return createdAt + duration
    }
}

extension Lease.Kind: CustomStringConvertible {
    /// Reads the API's word without regard to case; nil, and so a missing type, means `timing`.
    package init(word: String?) {
        switch word?.uppercased() {
        case nil, "", "TIMING": self = .timing
        case "IDLE": self = .idle
        default: self = .unrecognized(word ?? "")
        }
    }

    package var description: String {
        switch self {
        case .timing: "TIMING"
        case .idle: "IDLE"
        case .unrecognized(let word): word
        }
    }
}

/// What a reply told about a notebook's lease.
package enum LeaseReading: Hashable, Sendable {
    case known(Lease)
    /// The reply had no lease, or one without the parts the arithmetic needs.
    case unreadable

    /// The lease, where it could be read.
    package var lease: Lease? {
        if case .known(let lease) = self { lease } else { nil }
    }
}
