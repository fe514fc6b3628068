// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What the documents leave open or what differs between clouds, as switches.
package struct CloudSettings: Sendable, Equatable {
    /// How long a start takes, in milliseconds; published captures show 27 s.
    package var startDelay: Int64 = 27_000

    /// How long a stop takes, in milliseconds; published captures show about 150 s.
    package var stopDelay: Int64 = 150_000

    /// How long saving an image takes, in milliseconds.
    package var snapshotDelay: Int64 = 120_000

    /// How long a deletion takes, in milliseconds.
    package var deleteDelay: Int64 = 5000

    /// How late the platform stops a notebook whose lease ran out, in milliseconds; unpublished.
    package var autoStopLateness: Int64 = 0

    /// What a successful renewal answers.
    package var renewReply = RenewReply.lease

    /// The code of a stop of a stopped notebook: `ModelArts.6307`, or `ModelArts.6357` as others saw it.
    package var alreadyStoppedCode = "ModelArts.6307"

    /// The code for a notebook that does not exist: `ModelArts.6309` or `ModelArts.6404`.
    package var noSuchNotebookCode = "ModelArts.6309"

    /// The page sizes that the list calls accept.
    package var pageSizes: Set<Int> = [10, 20, 50]

    /// The lease lengths that the cloud accepts, in milliseconds.
    package var leaseLengths: ClosedRange<Int64> = 3_600_000...259_200_000

    /// Whether the Jupyter gateway takes a token in a header, or only the cookie of an earlier `?token=` visit.
    package var jupyterGateway = JupyterGateway.acceptsHeader

    package init() {}

    /// The documented forms of the answer to a renewal.
    package enum RenewReply: String, Sendable {
        /// 200 with the lease as it is now.
        case lease
        /// 204 without a body; listed by every version of the document and never explained.
        case noContent
        /// 200 that repeats the requested duration, as the reference example does.
        case echo
    }

    /// What the gateway in front of the Jupyter servers wants.
    package enum JupyterGateway: String, Sendable {
        case acceptsHeader
        case wantsCookie
    }
}
