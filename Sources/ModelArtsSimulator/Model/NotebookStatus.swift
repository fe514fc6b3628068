// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// The fourteen statuses of a notebook, as the API spells them.
package enum NotebookStatus: String, Sendable, CaseIterable {
    case initial = "INIT"
    case creating = "CREATING"
    case starting = "STARTING"
    case stopping = "STOPPING"
    case deleting = "DELETING"
    case running = "RUNNING"
    case stopped = "STOPPED"
    case snapshotting = "SNAPSHOTTING"
    case createFailed = "CREATE_FAILED"
    case startFailed = "START_FAILED"
    case deleteFailed = "DELETE_FAILED"
    case error = "ERROR"
    case deleted = "DELETED"
    case frozen = "FROZEN"
}
