// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import ModelArtsSimulator

@Suite struct ListTests {
    /// 23 notebooks of two owners, one created every minute.
    private func bench() -> CloudBench {
        let notebooks = (0..<23).map { number in
            ScenarioNotebook(
                "nb-\(number)",
                owner: number < 12 ? "operator" : "alice",
                createdAt: Moment.morning - 60 * Moment.minute + Int64(number) * Moment.minute
            ).with { notebook in
                notebook.lease = 24 * Moment.hour
                notebook.flavor = number % 2 == 0 ? "modelarts.vm.gpu.v100" : "modelarts.vm.cpu.2u"
                if number == 4 { notebook.tags = [.init("team", "ml"), .init("env", "dev")] }
                if number == 5 { notebook.workspaceID = "ws" }
                if number == 6 { notebook.feature = "DEFAULT" }
                if number == 7 { notebook.status = .stopped }
                if number == 8 { notebook.pool = "pool-a" }
            }
        }
        return CloudBench(notebooks)
    }

    private func names(_ bench: CloudBench, _ target: String) throws -> [String] {
        let data = try bench.send("GET", target).object["data"] as? [[String: Any]]
        return try #require(data).compactMap { $0["name"] as? String }
    }

    @Test func `pages count records and say where they are`() throws {
        let bench = bench()
        let page = try bench.send("GET", "/notebooks/all?limit=10&offset=10").object
        #expect(page["current"] as? Int == 1)
        #expect(page["pages"] as? Int == 3)
        #expect(page["size"] as? Int == 10)
        #expect(page["total"] as? Int == 21)
        #expect((page["data"] as? [Any])?.count == 10)
        #expect(try names(bench, "/notebooks/all?limit=20&offset=20") == ["nb-0"])
        #expect(try names(bench, "/notebooks/all?limit=20&offset=500").isEmpty)
    }

    @Test func `the newest come first unless asked otherwise`() throws {
        let bench = bench()
        #expect(try names(bench, "/notebooks/all").first == "nb-22")
        #expect(try names(bench, "/notebooks/all?sort_dir=ASC&sort_key=createTime").first == "nb-0")
    }

    @Test(arguments: ["limit=25", "limit=0", "limit=x", "offset=-1", "status=ALIVE", "sort_dir=UP"])
    func `bad parameters are refused`(query: String) {
        #expect(bench().send("GET", "/notebooks/all?\(query)").status == 400)
    }

    @Test func `a bad sort key has its own code`() {
        #expect(bench().send("GET", "/notebooks?sort_key=size").errorCode == "ModelArts.6303")
    }

    @Test func `the own list shows the caller's notebooks, or those of one owner`() throws {
        let bench = bench()
        #expect(try bench.send("GET", "/notebooks").object["total"] as? Int == 10)
        let alice = NotebookOwner(name: "alice").id
        #expect(try bench.send("GET", "/notebooks?owner=\(alice)").object["total"] as? Int == 11)
        bench.cloud.setPermissions(Set(Permission.allCases), isAdministrator: false)
        #expect(try bench.send("GET", "/notebooks?owner=\(alice)").object["total"] as? Int == 10)
    }

    @Test(arguments: [
        ("workspace_id=ws", ["nb-5"]), ("workspaceId=ws", ["nb-5"]), ("feature=DEFAULT", ["nb-6"]),
        ("status=STOPPED", ["nb-7"]), ("pool_id=pool-a", ["nb-8"]), ("tags=env%7Cdev%2Cteam%7Cml", ["nb-4"]),
        ("tags=env%7Cprod", []), ("name=nb-1&limit=50&flavor=gpu", ["nb-18", "nb-16", "nb-14", "nb-12", "nb-10"]),
    ])
    func `filters select`(query: String, expected: [String]) throws {
        let sorted = query.split(separator: "&").sorted().joined(separator: "&")
        #expect(try names(bench(), "/notebooks/all?\(sorted)") == expected)
    }

    @Test func `a notebook object has the documented fields`() throws {
        let bench = bench()
        let id = try #require(bench.cloud.notebook(named: "nb-4")?.id)
        let object = try bench.send("GET", "/notebooks/\(id)").object
        #expect(object["url"] as? String == "http://127.0.0.1:0/jupyter/\(id)/lab")
        #expect((object["user"] as? [String: Any])?["name"] as? String == "operator")
        #expect((object["tags"] as? [[String: String]])?.first == ["key": "team", "value": "ml"])
        #expect(object["create_at"] as? Int == Int(Moment.morning - 56 * Moment.minute))
        for key in ["update_at", "token", "image", "volume", "endpoints", "lease", "workspace_id", "feature"] {
            #expect(object[key] != nil, "\(key)")
        }
    }

    @Test func `a hundred thousand notebooks list quickly`() throws {
        let scenario = Scenario.generated(count: 100_000, seed: 1, start: Moment.morning)
        var model = CloudModel(scenario: scenario, now: Moment.morning)
        var query = ListQuery()
        query.limit = 50
        var seen = 0
        for page in 0..<200 {
            query.offset = page * 500
            seen += model.list(query, owner: nil, now: Moment.morning).notebooks.count
        }
        #expect(seen == 10_000)
        #expect(model.count == 100_000)
    }
}
