// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import SystemdSupport

@Suite(.timeLimit(.minutes(20))) struct ServiceEnvironmentTests {
    @Test func `the directories of the unit are read`() {
        let environment = ServiceEnvironment(environment: [
            "CREDENTIALS_DIRECTORY": "/run/credentials/curfew.service",
            "STATE_DIRECTORY": "/var/lib/curfew:/var/lib/more",
            "RUNTIME_DIRECTORY": "",
        ])
        #expect(environment.credentialsDirectory == "/run/credentials/curfew.service")
        #expect(environment.stateDirectory == "/var/lib/curfew")
        #expect(environment.runtimeDirectory == nil)
    }

    @Test func `outside a unit there are none`() {
        let environment = ServiceEnvironment(environment: [:])
        #expect(environment.credentialsDirectory == nil)
        #expect(environment.stateDirectory == nil)
        #expect(environment.runtimeDirectory == nil)
        #expect(!environment.journalIsAttached)
    }

    @Test func `the journal is attached where device and inode are those of the stream`() throws {
        let pipe = Pipe()
        let descriptor = pipe.fileHandleForWriting.fileDescriptor
        var status = stat()
        try #require(unsafe fstat(descriptor, &status) == 0)
        let right = ServiceEnvironment(environment: ["JOURNAL_STREAM": "\(status.st_dev):\(status.st_ino)"])
        #expect(right.journalIsAttached(to: descriptor))
        #expect(!right.journalIsAttached(to: -1))
        for wrong in ["\(status.st_dev):\(status.st_ino + 1)", "\(status.st_ino)", "nonsense", ":"] {
            let environment = ServiceEnvironment(environment: ["JOURNAL_STREAM": wrong])
            #expect(!environment.journalIsAttached(to: descriptor))
        }
    }
}
