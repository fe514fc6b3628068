// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import ActivityProbes

@Suite struct HTTPDateTests {
    @Test func `the date of RFC 9110 is read`() {
        #expect(Timestamp(httpDate: "Sun, 06 Nov 1994 08:49:37 GMT")?.description == "1994-11-06T08:49:37.000Z")
        #expect(Timestamp(httpDate: "Mon, 21-Dec-2026 03:47:38 GMT")?.description == "2026-12-21T03:47:38.000Z")
    }

    @Test(arguments: [
        "", "now", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 06 Nox 1994 08:49:37 GMT", "1994-11-06T08:49:37Z",
    ])
    func `anything else is no date`(text: String) {
        #expect(Timestamp(httpDate: text) == nil)
    }
}
