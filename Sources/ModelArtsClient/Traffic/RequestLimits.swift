// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// How long the client waits and how much it reads, so that no reply can hold or drown the daemon.
struct RequestLimits: Sendable {
    /// For a page or a call; real time, whatever the daemon's clock does.
    var timeout = Duration.seconds(30)
    /// For the metadata service, which is one hop away.
    var metadataTimeout = Duration.seconds(3)
    /// A page of 50 notebooks has some 70 kB.
    var pageBytes = 8 << 20
    /// One notebook has some 1.5 kB, a token's description some 10 kB.
    var singleBytes = 1 << 20
    /// 100 000 notebooks; more is a broken `total`.
    var pages = 2_000
}
