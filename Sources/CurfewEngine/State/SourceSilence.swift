// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

package import CurfewCore

/// A source that cannot tell about a notebook, from its first look in vain on.
///
/// It ends with the first look that tells, with the run of the notebook, and with the daemon.
package struct SourceSilence: Sendable, Hashable {
    package var source: EvidenceName
    /// When it was first asked in vain.
    package var since: Timestamp
    /// Why, as of the last look.
    package var why: Activity.Unknown
    /// Whether it has lasted for `unknownAfter`, and so was told.
    package var isTold = false
}

/// Silences of one source that began to matter within one sweep: the first few are told one by one, the others together,
/// or a source that is down would write a line for each notebook of the fleet.
struct SilenceTally {
    /// How many are told one by one.
    static let mostToldAlone = 5
    private static let mostNames = 3

    private var told = 0
    private(set) var rest: SilentNotebooks?

    /// Counts one silence; tells whether it is to be told by itself.
    mutating func count(_ silence: SourceSilence, of notebook: Notebook) -> Bool {
        told += 1
        guard told > Self.mostToldAlone else { return true }
        var rest = self.rest ?? SilentNotebooks(source: silence.source, since: silence.since, why: silence.why)
        rest.count += 1
        rest.since = min(rest.since, silence.since)
        if rest.names.count < Self.mostNames { rest.names.append(notebook.name) }
        self.rest = rest
        return false
    }
}

/// Notebooks about which a source cannot tell, besides those that were told one by one.
package struct SilentNotebooks: Sendable, Hashable {
    package var source: EvidenceName
    package var count = 0
    /// The first few of them.
    package var names: [String] = []
    /// When the first of them became silent.
    package var since: Timestamp
    /// Why the first of them did.
    package var why: Activity.Unknown
}
