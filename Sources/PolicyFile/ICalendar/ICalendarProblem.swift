// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

/// What is wrong in a calendar file, and where; the place is one of that file, not of the policy.
struct ICalendarProblem: Error, Equatable {
    let place: Place
    let message: String

    init(_ place: Place, _ message: String) {
        self.place = place
        self.message = message
    }
}
