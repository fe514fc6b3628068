// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

extension Scenario {
    /// Reads a scenario file.
    ///
    /// Times are minutes from the beginning of the scenario, so a file can be replayed on any day; negative ones lie before
    /// it. Every key is checked: unknown keys are errors, so that a slip of the pen is not silently ignored.
    ///
    /// ```json
    /// {
    ///   "settings": {"startDelaySeconds": 27, "stopDelaySeconds": 150, "renewReply": "lease",
    ///                "jupyterGateway": "acceptsHeader"},
    ///   "notebooks": [
    ///     {"name": "churn-model", "owner": "alice", "flavor": "modelarts.vm.cpu.2u", "createdMinute": -600,
    ///      "startedMinute": -10, "status": "RUNNING", "lease": {"hours": 4, "type": "TIMING", "givenMinute": -10},
    ///      "tags": {"keep-alive": "true"}, "description": "", "pool": "pool-teaching", "workspace": "0",
    ///      "behaviour": {"kind": "goneHome", "atMinute": 240}}
    ///   ]
    /// }
    /// ```
    ///
    /// A notebook must have `name` and `owner`. `lease.hours` −1 disables auto stop. Kinds of behaviour and their keys:
    /// `working`; `goneHome` (`atMinute`); `sessions` (`minutes`: pairs of numbers); `silentTraining` (`fromMinute`, `toMinute`);
    /// `openTab` and `idle` (`sinceMinute`); `terminal` (`untilMinute`, optional); `untouched`; `external` (`url`, `token`);
    /// `unreachable`; `garbage`.
    /// - Parameters:
    ///   - json: The file.
    ///   - start: The instant of minute 0, in milliseconds since 1970 UTC.
    /// - Throws: The first thing that is wrong, with the name of the key.
    package init(json: [UInt8], start: Int64) throws(ScenarioError) {
        var file = try ScenarioReader(try ScenarioValue.parse(json), path: "")
        var settings = CloudSettings()
        if var reader = try file.object("settings") { settings = try Self.settings(&reader) }
        var notebooks: [ScenarioNotebook] = []
        var seen: Set<String> = []
        for (number, value) in try file.list("notebooks").enumerated() {
            var reader = try ScenarioReader(value, path: "notebooks[\(number)]")
            let notebook = try ScenarioNotebook(&reader, start: start)
            guard seen.insert(notebook.id).inserted else { throw .duplicateID(notebook.id) }
            notebooks.append(notebook)
        }
        try file.finish()
        self.init(start: start, settings: settings, notebooks: notebooks)
    }

    private static func settings(_ reader: inout ScenarioReader) throws(ScenarioError) -> CloudSettings {
        var settings = CloudSettings()
        let replies = "lease, noContent or echo"
        if let value = try reader.milliseconds("startDelaySeconds", per: 1000) { settings.startDelay = value }
        if let value = try reader.milliseconds("stopDelaySeconds", per: 1000) { settings.stopDelay = value }
        if let value = try reader.milliseconds("autoStopLatenessSeconds", per: 1000) {
            settings.autoStopLateness = value
        }
        if let value = try reader.choice("renewReply", CloudSettings.RenewReply.self, replies) {
            settings.renewReply = value
        }
        let gateways = "acceptsHeader or wantsCookie"
        if let value = try reader.choice("jupyterGateway", CloudSettings.JupyterGateway.self, gateways) {
            settings.jupyterGateway = value
        }
        try reader.finish()
        return settings
    }
}

extension ScenarioNotebook {
    fileprivate init(_ reader: inout ScenarioReader, start: Int64) throws(ScenarioError) {
        let name = try reader.requiredText("name")
        let owner = try reader.requiredText("owner")
        let created = try reader.milliseconds("createdMinute", per: 60_000) ?? 0
        self.init(name, owner: owner, createdAt: start + created)
        if let value = try reader.text("id") { id = value }
        if let value = try reader.text("flavor") { flavor = value }
        if let value = try reader.text("feature") { feature = value }
        if let value = try reader.text("image") { imageName = value }
        if let value = try reader.text("workspace") { workspaceID = value }
        if let value = try reader.text("description") { description = value }
        pool = try reader.text("pool")
        if let value = try reader.milliseconds("startedMinute", per: 60_000) { startedAt = start + value }
        if let value = try reader.choice("status", NotebookStatus.self, "a status such as RUNNING") { status = value }
        if var lease = try reader.object("lease") { try read(lease: &lease, start: start) }
        if var tags = try reader.object("tags") {
            self.tags = try tags.texts().map { SimulatedNotebook.Tag($0.key, $0.value) }
        }
        if var behaviour = try reader.object("behaviour") {
            self.behaviour = try Behaviour(&behaviour, start: start)
        }
        try reader.finish()
    }

    private mutating func read(lease reader: inout ScenarioReader, start: Int64) throws(ScenarioError) {
        if let value = try reader.milliseconds("hours", per: 3_600_000) { lease = value < 0 ? -1 : value }
        if let value = try reader.choice("type", LeaseType.self, "TIMING or IDLE") { leaseType = value }
        if let value = try reader.milliseconds("givenMinute", per: 60_000) { leaseGivenAt = start + value }
        if let value = try reader.choice("form", LeaseForm.self, "full, withoutType or missing") { leaseForm = value }
        try reader.finish()
    }
}

extension Behaviour {
    fileprivate init(_ reader: inout ScenarioReader, start: Int64) throws(ScenarioError) {
        let kind = try reader.requiredText("kind")
        func minute(_ key: String) throws(ScenarioError) -> Int64 {
            guard let value = try reader.milliseconds(key, per: 60_000) else { throw .missingKey(reader.name(of: key)) }
            return start + value
        }
        switch kind {
        case "working": self = .working
        case "goneHome": self = .goneHome(at: try minute("atMinute"))
        case "sessions": self = .sessions(try Self.sessions(&reader, start: start))
        case "silentTraining": self = .silentTraining(from: try minute("fromMinute"), to: try minute("toMinute"))
        case "openTab": self = .openTab(since: try minute("sinceMinute"))
        case "idle": self = .idleSince(try minute("sinceMinute"))
        case "terminal":
            self = .terminal(until: try reader.milliseconds("untilMinute", per: 60_000).map { start + $0 })
        case "untouched": self = .untouched
        case "external": self = .external(url: try reader.requiredText("url"), token: try reader.requiredText("token"))
        case "unreachable": self = .unreachableJupyter
        case "garbage": self = .garbageJupyter
        default: throw .badValue(reader.name(of: "kind"), expected: "a known kind of behaviour, not \(kind)")
        }
        try reader.finish()
    }

    private static func sessions(_ reader: inout ScenarioReader, start: Int64) throws(ScenarioError) -> [Range<Int64>] {
        let expected = "pairs of rising minutes"
        var sessions: [Range<Int64>] = []
        for value in try reader.list("minutes") {
            guard case .list(let pair) = value, pair.count == 2, case .number(let from) = pair[0],
                case .number(let to) = pair[1], from < to, abs(from) < 1e9, abs(to) < 1e9
            else { throw .badValue(reader.name(of: "minutes"), expected: expected) }
            let session = start + Int64(from * 60_000)..<start + Int64(to * 60_000)
            if let last = sessions.last, session.lowerBound < last.upperBound {
                throw .badValue(reader.name(of: "minutes"), expected: expected)
            }
            sessions.append(session)
        }
        return sessions
    }
}
