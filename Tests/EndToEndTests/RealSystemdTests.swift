// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import ModelArtsSimulator
import TestSupport
import Testing

/// curfew as administrators run it: installed, under a real systemd, with the units as they are shipped.
@Suite(
    .serialized,
    .timeLimit(.minutes(20)),
    .enabled(if: geteuid() == 0, "skipped: a systemd of one's own needs root"),
    .enabled("skipped: no systemd can be booted here, `Tests/Integration/with-systemd.sh check` says why") {
        try await Machine.canBoot()
    }
)
struct RealSystemdTests {
    private static let hour: Int64 = 3_600_000
    private static let policy = "/etc/curfew/policy.yaml"
    private static let exempt = "  - { name: safe, exempt: true }"
    private static let stopIdle = "  - { name: everyone else, idle: { budget: 1h } }"

    /// A cloud with a notebook that has been idle for two hours and takes long to stop.
    private static func cloud() -> Scenario {
        let now = SimulatorTime.system.now()
        let forgotten = ScenarioNotebook("forgotten", owner: "alice", createdAt: now - 48 * hour).with {
            $0.startedAt = now - 4 * hour
            $0.lease = 72 * hour
            $0.behaviour = .idleSince(now - 2 * hour)
        }
        var settings = CloudSettings()
        settings.stopDelay = hour
        return Scenario(start: now, settings: settings, notebooks: [forgotten])
    }

    private static func withMachine(
        rules: String,
        _ body: (Machine, RunningSimulator) async throws -> Void
    ) async throws {
        try await withRunningSimulator(cloud(), time: .system) { simulator in
            try await Machine.with(simulator.access) { machine in
                try await machine.write(PolicyText.text(simulator.access, rules: rules), to: policy)
                try await body(machine, simulator)
            }
        }
    }

    // MARK: - The units

    @Test
    func `the units are valid, and stay at or below an exposure of 1.2`() async throws {
        try await Self.withMachine(rules: Self.exempt) { machine, _ in
            for unit in ["curfew.service", "curfew@.service"] {
                let path = "/etc/systemd/system/\(unit)"
                let verified = try await machine.attempt("systemd-analyze", "verify", "--recursive-errors=no", path)
                #expect(verified.status == 0)
                #expect(!verified.errors.contains("curfew"), "\(verified.errors)")
                let exposure = try await machine.attempt(
                    "systemd-analyze",
                    "security",
                    "--no-pager",
                    "--offline=true",
                    "--threshold=12",
                    path
                )
                #expect(exposure.status == 0, "\(String(decoding: exposure.output, as: UTF8.self).suffix(100))")
            }
        }
    }

    @Test
    func `the sandbox allows what the daemon needs and nothing that it does not`() async throws {
        try await Self.withMachine(rules: Self.exempt) { machine, simulator in
            let port = try #require(URL(string: simulator.access.endpoint)?.port)
            let probe = "/usr/local/lib/sandbox_probe.py"
            try await machine.run("cp", "/with-systemd/repository/Tests/Integration/sandbox_probe.py", probe)
            try await machine.write(
                "[Service]\nExecStartPre=/usr/bin/python3 \(probe) \(port)\n",
                to: "/etc/systemd/system/curfew.service.d/probe.conf"
            )
            try await machine.run("systemctl", "daemon-reload")
            try await machine.run("systemctl", "start", "curfew")
            let message = try #require(try await machine.entry("\"database\"")["MESSAGE"])
            let found = try JSONDecoder().decode([String: String].self, from: Data(message.utf8))
            #expect(found["user"] == "other")
            #expect(found["secrets"] == "access-key,password,secret-key")
            for need in ["listenOnPath", "connect"] { #expect(found[need] == "done", "\(need)") }
            #expect(found["database"] == "wal")
            #expect(found["writePolicy"] == "OSError" || found["writePolicy"] == "PermissionError")
            #expect(found["writeProgram"] == "OSError" || found["writeProgram"] == "PermissionError")
            for power in ["sendToGroup", "seeHomes", "rawSocket", "becomeRoot"] {
                #expect(found[power] == "PermissionError", "\(power)")
            }
            #expect(found["packetSocket"] == "OSError")
            // Only some distributions build systemd with what this takes.
            let canForbidPorts = try await machine.run("systemctl", "--version").contains("+BPF_FRAMEWORK")
            #expect(found["listenOnPort"] == (canForbidPorts ? "PermissionError" : "done"))
            #expect(found["seeProcesses"] == "False")
            let main = try await machine.property("MainPID")
            #expect(try await machine.run("grep", "Max core file size", "/proc/\(main)/limits").contains(" 0 "))
            #expect(try await machine.run("cat", "/proc/\(main)/coredump_filter") == "00000010")
        }
    }

    @Test
    func `the sandbox lets commands of the site run, shell and Python, and I11: they find nothing of the daemon's`()
        async throws
    {
        try await Self.withMachine(rules: Self.exempt) { machine, simulator in
            let folder = "/usr/local/lib/curfew"
            let shell = """
                #!/bin/sh
                read -r notebook
                echo '{"state": "active", "detail": "a shell"}'

                """
            let python = """
                #!/usr/bin/python3
                import json, os, sys
                seen = [json.load(sys.stdin)["owner"], os.getcwd()] + sorted(os.environ) + sorted(os.listdir("/proc/self/fd"))
                print(json.dumps({"state": "active", "detail": " ".join(seen)}))

                """
            try await machine.write(shell, to: "\(folder)/shell", mode: "0755")
            try await machine.write(python, to: "\(folder)/python", mode: "0755")
            let sources = """
                { kind: jupyter }
                  shell: { kind: command, command: [\(folder)/shell] }
                  python: { kind: command, command: [\(folder)/python], timeout: 1min }
                """
            let rules = "  - { name: all, idle: { budget: 1h, evidence: [shell, python] } }"
            let policy = PolicyText.text(simulator.access, jupyter: sources, rules: rules)
            try await machine.write(policy, to: Self.policy)
            try await machine.run("systemctl", "start", "curfew")
            let evidence = try #require(try await machine.entry("active (shell: a shell)")["CURFEW_EVIDENCE"])
            // Python opens the folder itself, as number 3.
            #expect(evidence.contains("python: active (alice / LANG PATH TZ 0 1 2 3)"), "\(evidence)")
        }
    }

    // MARK: - Day-to-day work

    @Test
    func `start, reload with a bad and a good policy, status, journal by field, catalog, stop`() async throws {
        try await Self.withMachine(rules: Self.exempt) { machine, simulator in
            try await machine.run("systemctl", "start", "curfew")
            try await machine.entry("leave forgotten (alice): exempt")
            let status = try await machine.property("StatusText", otherThan: "")
            #expect(status.hasPrefix("enforce: "))

            let main = try await machine.property("MainPID")
            try await machine.write("version: 1\nrules: nonsense\n", to: Self.policy)
            #expect(try await machine.attempt("systemctl", "reload", "curfew").status != 0, "a bad policy was taken")
            try await machine.entry("policy.yaml:2:8: error")
            let refusal = try await machine.entry("the policy was not reloaded, the one before stays in force")
            #expect(refusal["PRIORITY"] == "3")
            #expect(try await machine.property("ActiveState") == "active")
            #expect(simulator.cloud.records.allSatisfy { !$0.isMutation })

            try await machine.write(PolicyText.text(simulator.access, rules: Self.stopIdle), to: Self.policy)
            try await machine.run("systemctl", "reload", "curfew")
            try await machine.entry("policy reloaded: 1 rules")
            try await machine.entry("stopped forgotten")
            #expect(try await machine.property("MainPID") == main, "a reload is no restart")

            let stop = try await machine.journal("CURFEW_ACTION=stop", "CURFEW_NOTEBOOK_NAME=forgotten")
            let intent = try #require(stop.first { $0["MESSAGE"]?.hasPrefix("stopping forgotten") == true })
            #expect(intent["_SYSTEMD_UNIT"] == "curfew.service")
            #expect(intent["CURFEW_RULE"] == "everyone else")
            #expect(intent["CURFEW_REASON"] == "idle-budget-spent")
            #expect(intent["CURFEW_OWNER"] == "alice")
            let explained = try await machine.run("journalctl", "-x", "-u", "curfew", "--no-pager")
            #expect(explained.contains("Subject: curfew is about to act on a notebook"))
            #expect(explained.contains("Why: rule \"everyone else\", reasons idle-budget-spent"))

            try await machine.run("systemctl", "stop", "curfew")
            #expect(try await machine.property("Result") == "success")
            #expect(try await machine.property("NRestarts") == "0")
        }
    }

    @Test(arguments: [false, true])
    func `members of the group curfew ask the daemon, operators act, others are kept out`(
        _ socketUnit: Bool
    ) async throws {
        try await Self.withMachine(rules: Self.exempt) { machine, simulator in
            try await machine.run("groupadd", "--system", "curfew")
            try await machine.run("groupadd", "--system", "curfew-operators")
            for (name, groups) in [
                ("reader", "curfew"), ("operator1", "curfew,curfew-operators"), ("stranger", "users"),
            ] {
                try await machine.run("useradd", "--no-create-home", "--groups", groups, name)
            }
            let control = "control: {operators: curfew-operators}\n"
            try await machine.write(
                PolicyText.text(simulator.access, rules: Self.exempt) + "\n" + control,
                to: Self.policy
            )
            if socketUnit { try await machine.run("systemctl", "start", "curfew.socket") }
            try await machine.run("systemctl", "start", "curfew")
            try await machine.entry("leave forgotten (alice): exempt")
            let socket = socketUnit ? "/run/curfew-socket/control.sock" : "/run/curfew/control.sock"
            func ask(_ user: String, _ arguments: String...) async throws -> String {
                let curl = "curl --silent --output /dev/null --write-out '%{http_code}' --unix-socket \(socket) "
                let line = curl + arguments.joined(separator: " ")
                return String(
                    decoding: try await machine.attempt("runuser", "-u", user, "--", "sh", "-c", line).output,
                    as: UTF8.self
                )
                .trimmingCharacters(in: .whitespacesAndNewlines)
            }
            #expect(try await ask("reader", "http://curfew/v1/status") == "200")
            #expect(try await ask("reader", "-X POST http://curfew/v1/reload") == "403")
            #expect(try await ask("operator1", "-X POST http://curfew/v1/reload") == "200")
            #expect(try await ask("stranger", "http://curfew/v1/status") == "000")
            #expect(try await ask("root", "-X POST http://curfew/v1/reload") == "200")
            func verb(_ user: String, _ verb: String) async throws -> CInt? {
                let runtime = socketUnit ? "/run/curfew-socket" : "/run/curfew"
                let command = "curfew \(verb) --runtime-dir \(runtime)"
                return try await machine.attempt("runuser", "-u", user, "--", "sh", "-c", command).status
            }
            #expect(try await verb("reader", "status") == 0)
            #expect(try await verb("reader", "freeze --reason test") == 77)
            #expect(try await verb("operator1", "freeze --reason test") == 0)
            #expect(try await verb("stranger", "status") == 77)
        }
    }

    @Test
    func `two instances of the template have a policy, secrets, a state and a cloud each`() async throws {
        try await Self.withMachine(rules: Self.exempt) { machine, simulator in
            try await withRunningSimulator(Self.cloud(), time: .system) { other in
                for (name, access, rules) in [
                    ("red", simulator.access, Self.exempt), ("blue", other.access, Self.stopIdle),
                ] {
                    try await machine.write(PolicyText.text(access, rules: rules), to: "/etc/curfew/\(name).yaml")
                    for (file, secret) in [("access-key", access.accessKey), ("secret-key", access.secretKey)] {
                        try await machine.write(
                            "\(secret)\n",
                            to: "/etc/curfew/credentials/\(name)/\(file)",
                            mode: "0600"
                        )
                    }
                }
                // The plain unit beside them: none may take another's directories.
                try await machine.run("systemctl", "start", "curfew", "curfew@red", "curfew@blue")
                try await machine.entry("stopped forgotten", of: "curfew@blue")
                try await machine.entry("leave forgotten (alice): exempt", of: "curfew@red")
                #expect(simulator.cloud.records.allSatisfy { !$0.isMutation })
                var users: Set<String> = []
                for name in ["curfew", "curfew@red", "curfew@blue"] {
                    let process = try await machine.property("MainPID", of: name)
                    users.insert(try await machine.run("stat", "--format=%u", "/proc/\(process)"))
                }
                #expect(users.count == 3, "each has a user of its own: \(users)")
                let folders = try await machine.run("ls", "/var/lib/private", "/run")
                for name in ["curfew", "curfew@red", "curfew@blue"] {
                    #expect(folders.split(separator: "\n").count { $0 == name } == 2, "\(name): \(folders)")
                }
            }
        }
    }

    @Test(arguments: [("access-key", "77"), ("policy", "78")])
    func `what only a person can mend is told and not tried again`(_ broken: String, _ code: String) async throws {
        try await Self.withMachine(rules: Self.exempt) { machine, _ in
            if broken == "policy" {
                try await machine.write("rules: nonsense\n", to: Self.policy)
            } else {
                try await machine.run("rm", "/etc/curfew/credentials/\(broken)")
            }
            #expect(try await machine.attempt("systemctl", "start", "curfew").status != 0)
            try await machine.entry("Failed with result")
            #expect(try await machine.property("ExecMainStatus") == code)
            #expect(try await machine.property("ActiveState") == "failed")
            #expect(try await machine.property("NRestarts") == "0")
            try await machine.entry(broken)
        }
    }

    // MARK: - Trouble

    @Test
    func `a cloud that hangs does not starve the watchdog; a loop that hangs is killed and started anew`()
        async throws
    {
        try await Self.withMachine(rules: Self.exempt) { machine, simulator in
            try await machine.run("systemctl", "start", "curfew")
            try await machine.entry("leave forgotten (alice): exempt")
            simulator.cloud.injectFault(Fault(.held, times: nil))
            // When systemd last heard that the loop turns, in microseconds; then twice what it would have waited for more.
            let heard = "WatchdogTimestampMonotonic"
            let began = try #require(Int(try await machine.property(heard)))
            let isFed = try await machine.waits(
                "test \"$(systemctl show --value --property \"$0\" curfew)\" -ge \"$1\"",
                heard,
                String(began + 8_000_000)
            )
            #expect(isFed)
            #expect(try await machine.property("NRestarts") == "0")
            simulator.cloud.clearFaults()

            let main = try await machine.property("MainPID")
            try await machine.run("kill", "-STOP", main)
            #expect(try await machine.property("NRestarts", otherThan: "0") == "1")
            try await machine.entry("Watchdog timeout")
            let begins =
                "journalctl --sync && test \"$(journalctl --output cat --unit curfew | grep --count ' begins: ')\" -eq 2"
            #expect(try await machine.waits(begins))
            #expect(try await machine.property("MainPID") != main)
        }
    }

    @Test(arguments: [true, false])
    func `I8: killed in the middle of a stop, the daemon comes back and the notebook is stopped once`(
        _ reachedTheCloud: Bool
    ) async throws {
        try await Self.withMachine(rules: Self.stopIdle) { machine, simulator in
            let cloud = simulator.cloud
            cloud.injectFault(Fault(.held, on: .stopNotebook, times: 1, applied: reachedTheCloud))
            try await machine.run("systemctl", "start", "curfew")
            let asked = await eventually { cloud.records.contains { $0.operation == .stopNotebook } ? true : nil }
            try #require(asked == true)
            try await machine.run("systemctl", "kill", "--signal=KILL", "curfew")
            cloud.clearFaults()
            #expect(try await machine.property("NRestarts", otherThan: "0") == "1")

            let stopped = await eventually { cloud.notebook(named: "forgotten")?.status == .stopping ? true : nil }
            #expect(stopped == true)
            let count = cloud.records.count
            // The daemon that came back lists several times more, and has nothing left to do.
            let listed = await eventually {
                cloud.records.dropFirst(count).count { $0.operation == .listAllNotebooks } >= 3 ? true : nil
            }
            #expect(listed == true)
            #expect(cloud.events.count { $0.to == .stopping } == 1)
            let requests = cloud.records.count { $0.operation == .stopNotebook }
            #expect(requests == (reachedTheCloud ? 1 : 2), "asked once by each daemon that found it running")
        }
    }
}
