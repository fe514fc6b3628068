// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestSupport

/// Runs the built program to its end.
func curfew(_ arguments: [String]) async throws -> (status: CInt?, output: String, errors: String) {
    let result = try await FinishedProcess.run(
        Repository.product("curfew"),
        arguments,
        environment: ["CREDENTIALS_DIRECTORY": ""]
    )
    return (
        result.status, String(decoding: result.output, as: UTF8.self), result.errors
    )
}
