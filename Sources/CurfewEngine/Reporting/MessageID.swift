// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The journal's stable names for kinds of entries (`systemd.journal-fields(7)`, `MESSAGE_ID=`).
///
/// They never change once released: administrators filter and alert by them.
package enum MessageID: String, Sendable, CaseIterable {
    case decided = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a01"
    case warned = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a02"
    case intended = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a03"
    case sent = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a04"
    case tryFailed = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a05"
    case stuck = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a06"
    case ended = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a07"
    case sourceSilent = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a08"
    case vanished = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a09"
    case hold = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a0a"
    case sweep = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a0b"
    case sweepFailed = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a0c"
    case ledgerFailed = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a0d"
    case policy = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a0e"
    case daemon = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a0f"
    case resolved = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a10"
    case flapping = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a11"
    case callRepeated = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a20"
    case recordsPassedOver = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a21"
    case renewalOfCredentialsFailed = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a22"
    case credentialsPaused = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a23"
    case exchange = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a24"
    case markUnreadable = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a40"
    case grant = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a41"
    case freeze = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a42"
    case approval = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a43"
    case silentNotebooks = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a50"
    case implausible = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2a51"
    case budget = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2ab1"
    case usage = "5b1c0f6a2d6e4c0f9b7a1e0c4f3d2ab2"
}
