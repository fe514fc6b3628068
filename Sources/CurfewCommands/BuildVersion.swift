// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CBuildInfo
import CurfewCore

/// Which curfew this is.
enum BuildVersion {
    private static let release = "0.1.0"

    /// The release, with the commit and its date where the build was told them, as `make release` does.
    ///
    /// Such as `0.1.0 (1f2e3d4c5b6a, 2026-11-20)`; a `+` behind the commit says that the files differed from it.
    static let text: String = {
        let commit = curfew_build_commit()
        guard commit != 0 else { return release }
        let digits = String(commit, radix: 16)
        let hash = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
        let date = Timestamp(milliseconds: curfew_build_commit_date() * 1_000).description.prefix(10)
        return "\(release) (\(hash)\(curfew_build_has_changes() ? "+" : ""), \(date))"
    }()
}
