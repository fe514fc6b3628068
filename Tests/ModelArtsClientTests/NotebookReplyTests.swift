// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import Testing

@testable import ModelArtsClient

@Suite struct NotebookReplyTests {
    private func read(_ json: String) throws -> Notebook? {
        var reader = JSONReader(Array(json.utf8))
        let notebook = try NotebookReply.read(&reader)
        try reader.finish()
        return notebook
    }

    private func lease(_ json: String) throws -> LeaseReading {
        try #require(try read(#"{"id":"a","lease":\#(json)}"#)).lease
    }

    @Test func `every documented field finds its place`() throws {
        let notebook = try #require(try read(Sample.fullNotebook))
        let lease = Lease(
            isEnabled: true,
            kind: .timing,
            createdAt: Timestamp(milliseconds: 1_767_225_600_000),
            duration: .milliseconds(3_631_000),
            updatedAt: Timestamp(milliseconds: 1_767_225_631_000)
        )
        #expect(
            notebook
                == Notebook(
                    id: Sample.id,
                    name: "nb-train-a",
                    status: .running,
                    owner: Notebook.Owner(name: "alice", id: "00000000000000000000000000000001"),
                    workspaceID: "0",
                    flavor: "modelarts.vm.gpu.example",
                    image: Notebook.NamedReference(
                        id: "e1a07296-0000-4000-8000-000000000000",
                        name: "pytorch-example"
                    ),
                    pool: Notebook.NamedReference(id: "pool-1", name: "pool-teaching"),
                    feature: "NOTEBOOK",
                    tags: ["team": "ml", "keep-alive": "true"],
                    note: "keep-alive=2026-12-01",
                    lease: .known(lease),
                    updatedAt: Timestamp(milliseconds: 1_767_225_631_002),
                    access: JupyterAccess(
                        url: "https://authoring.example.com/11111111-2222-4333-8444-555555555555/lab",
                        token: Secret("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee")
                    )
                )
        )
        #expect(lease.expiry == Timestamp(milliseconds: 1_767_229_231_000))
    }

    @Test func `an id alone makes a notebook in which everything is missing`() throws {
        let notebook = try #require(try read(#"{"id":"a"}"#))
        #expect(notebook == Notebook(id: NotebookID("a"), name: "", status: .unrecognized("")))
        #expect(notebook.lease == .unreadable)
    }

    @Test(arguments: [
        "{}", #"{"id":null}"#, #"{"id":7}"#, #"{"id":""}"#, #"{"id":".."}"#, #"{"id":"a/b"}"#,
        #"{"id":"a?b"}"#, #"{"id":"a b"}"#, "[]", "null", "7", #""a""#,
    ])
    func `without a usable id there is no notebook`(_ json: String) throws {
        #expect(try read(json) == nil)
    }

    @Test func `values of the wrong type are missing, not invented`() throws {
        let notebook = try #require(
            try read(
                #"""
                {"id":"a","name":7,"status":true,"description":[],"flavor":{},"feature":1,"image":"x","pool":[1],
                 "lease":"x","user":"alice","user_id":12,"workspace_id":0,"url":1,"token":2,
                 "update_at":"1767225631002"}
                """#
            )
        )
        #expect(notebook == Notebook(id: NotebookID("a"), name: "", status: .unrecognized("")))
    }

    @Test func `D8: a name that looks like a word of JSON stays a name`() throws {
        for name in ["null", "true", "None", "__import__('os')", "1e9"] {
            #expect(try read(#"{"id":"a","name":"\#(name)"}"#)?.name == name)
        }
    }

    @Test func `the owner's id comes from the older or the newer place`() throws {
        #expect(try read(#"{"id":"a","user_id":"u1"}"#)?.owner == Notebook.Owner(id: "u1"))
        #expect(
            try read(#"{"id":"a","user":{"id":"u2","name":"bob"},"user_id":"u1"}"#)?.owner
                == Notebook.Owner(name: "bob", id: "u2")
        )
        #expect(
            try read(#"{"id":"a","user_id":"u1","user":{"name":"bob"}}"#)?.owner
                == Notebook.Owner(name: "bob", id: "u1")
        )
    }

    @Test(arguments: [#""url":"https://h/lab""#, #""token":"t""#, #""url":"","token":"t""#, #""url":"u","token":"""#])
    func `half an access is none`(_ fields: String) throws {
        #expect(try #require(try read(#"{"id":"a",\#(fields)}"#)).access == nil)
    }

    @Test(
        arguments: [
            ("[]", [:]), ("null", [:]), (" null ", [:]),
            (
                #"[{"key":"k"},{"key":"n","value":null},{"key":"x","value":"y"}]"#,
                ["k": "", "n": "", "x": "y"]
            ),
            ("{}", .unreadable), (#""keep-alive""#, .unreadable), ("7", .unreadable), ("[1]", .unreadable),
            ("[null]", .unreadable), (#"[{"value":"v"}]"#, .unreadable), (#"[{"key":7,"value":"v"}]"#, .unreadable),
            (#"[{"key":"x","value":"y"},{"key":"keep-alive","value":true}]"#, .unreadable),
            (#"[{"key":"keep-alive","value":"\ud800"}]"#, .unreadable), (#"{"keep-alive":"true"}"#, .unreadable),
        ] as [(String, TagReading)]
    )
    func `I1: tags are read whole, or are known to be unreadable, for the mark may be among them`(
        json: String,
        tags: TagReading
    ) throws {
        #expect(try read(#"{"id":"a","tags":\#(json),"name":"n"}"#)?.tags == tags)
        #expect(try read(#"{"id":"a","tags":\#(json),"name":"n"}"#)?.name == "n")
    }

    @Test(arguments: [
        "{}", "null", #"{"create_at":1,"duration":2}"#, #"{"create_at":1,"enable":true}"#,
        #"{"duration":1,"enable":true}"#, #"{"create_at":1,"duration":2,"enable":"true"}"#,
        #"{"create_at":1.5,"duration":2,"enable":true}"#, #"{"create_at":-1,"duration":2,"enable":true}"#,
        #"{"create_at":99999999999999999999,"duration":2,"enable":true}"#,
        #"{"create_at":9223372036854775807,"duration":2,"enable":true}"#,
        #"{"create_at":1,"duration":9223372036854775808,"enable":true}"#,
    ])
    func `a lease without its parts is unreadable`(_ json: String) throws {
        #expect(try lease(json) == .unreadable)
    }

    @Test func `a lease without limit has no end, and extreme numbers do not trap`() throws {
        let unlimited = try #require(try lease(#"{"create_at":1,"duration":-1,"enable":true}"#).lease)
        #expect(unlimited.expiry == nil)
        #expect(unlimited.kind == .timing)
        for duration in [Int64.max, Int64.min] {
            let extreme = try #require(try lease(#"{"create_at":1,"duration":\#(duration),"enable":true}"#).lease)
            #expect((extreme.expiry == nil) == (duration < 0))
            _ = Timestamp(milliseconds: 5) - extreme.duration
        }
    }

    @Test func `the type of a lease is read without regard to case`() throws {
        let kind = {
            try self.lease(#"{"create_at":1,"duration":2,"enable":true,"type":"\#($0 as String)"}"#).lease?.kind
        }
        #expect(try kind("idle") == .idle)
        #expect(try kind("timing") == .timing)
        #expect(try kind("LUNAR") == .unrecognized("LUNAR"))
    }

    @Test func `D13: a malformed notebook does not cost its siblings`() throws {
        let page = try #require(
            PageReply(
                Array(#"{"data":[{"id":"a"},7,null,{"name":"x"},{"id":"b","lease":[[{}]]},{"id":"c"}],"total":6}"#.utf8)
            )
        )
        #expect(page.notebooks.map(\.id.text) == ["a", "b", "c"])
        #expect(page.records == 6)
        #expect(page.total == 6)
    }

    @Test(arguments: [
        "", "[]", "{}", "<html>", #"{"data":{}}"#, #"{"data":null}"#, #"{"total":3}"#, #"{"data":[]"#,
        #"{"data":[]} x"#, "null",
    ])
    func `what is no page is none`(_ body: String) {
        #expect(PageReply(Array(body.utf8)) == nil)
    }

    @Test func `an empty list may be null, and a wild total is none`() throws {
        #expect(try #require(PageReply(Array(#"{"total":0,"data":null}"#.utf8))).records == 0)
        #expect(try #require(PageReply(Array(#"{"total":-1,"data":[]}"#.utf8))).total == nil)
        #expect(try #require(PageReply(Array(#"{"total":"7","data":[]}"#.utf8))).total == nil)
    }
}
