// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import CurfewCore
import FoundationEssentials
import PolicyFile
import Testing

@Suite("What is written arrives in the policy")
struct PolicyReadingTests {
    @Test func `a minimal policy has the documented defaults`() throws {
        let policy = try policy(
            "{version: 1, service: {kind: modelarts, region: eu-de, projectID: p}, evidence: {j: {kind: jupyter}}, "
                + "rules: [{name: k, match: {name: x}, keepAlive: {}}, {name: i, idle: {budget: 1h}}]}"
        )
        let service = ServiceSettings(
            endpoint: "https://modelarts.eu-de.otc.t-systems.com",
            region: "eu-de",
            projectID: "p"
        )
        let evidence = EvidenceSource(name: EvidenceName("j"), kind: .jupyter(JupyterSettings()))
        let idle = IdleBudget(
            budget: .seconds(3_600),
            evidence: EvidenceRequirement(sources: [.init(source: EvidenceName("j"))])
        )
        let glob = try Glob("x")
        #expect(
            policy
                == Policy(
                    service: service,
                    evidence: [evidence],
                    rules: [
                        Rule(name: "k", match: Selector([.name([glob])]), outcome: .keepAlive(KeepAlive())),
                        Rule(name: "i", outcome: .idle(idle)),
                    ]
                )
        )
        #expect(policy.service.pollEvery == .seconds(60))
        #expect(policy.timeZone == .gmt)
    }

    @Test func `a policy with every key has every value`() throws {
        let fixture = try #require(Fixture.good.first { $0.name == "everything" })
        let policy = try policy(fixture.text)
        #expect(policy.mode == .enforce)
        #expect(policy.timeZone.identifier == "America/Argentina/Buenos_Aires")
        #expect(
            policy.service
                == ServiceSettings(
                    endpoint: "https://proxy.example.org:8443/modelarts",
                    region: "cn-north-4",
                    projectID: "project_A-1",
                    scope: .own,
                    workspaceID: "0",
                    pollEvery: .seconds(30),
                    credentials: .password(user: "no", domain: "123", iamEndpoint: "https://iam.example.org"),
                    caFile: "/etc/curfew/ca.pem"
                )
        )
        let jupyter = JupyterSettings(
            timeout: .milliseconds(1_500),
            busyKernelIsActive: false,
            connectionIsActive: true,
            terminalIsActive: false,
            authentication: .login
        )
        #expect(policy.evidence.map(\.name.text) == ["jupyter", "jupyter-2"])
        #expect(policy.evidence.map(\.kind) == [.jupyter(jupyter), .jupyter(JupyterSettings())])
        let longest = Duration.seconds(777_600)
        #expect(
            policy.marks
                == MarkSettings(tag: "keep alive", description: "keep-alive", longest: longest, zone: policy.timeZone)
        )
        #expect(
            policy.guards
                == GuardSettings(
                    stops: .init(count: 0, percent: 12.5, within: .seconds(3_600)),
                    blind: .init(percent: 100),
                    coldStart: .zero
                )
        )
        #expect(
            policy.rules.map(\.name) == [
                "7", "with an instant", "tags", "nested", "empty outcomes", "without a warning", "defaults",
            ]
        )
    }

    @Test func `conditions keep the order of the file, and words stay texts`() throws {
        let fixture = try #require(Fixture.good.first { $0.name == "everything" })
        let rules = try policy(fixture.text).rules
        func globs(_ patterns: String...) throws -> [Glob] { try patterns.map { try Glob($0) } }
        #expect(
            rules[0].match.conditions == [
                .id(try globs("0*")), .name(try globs("a", "b?")),
                .owner(try globs("yes", "no", "off", "1234", "true")),
                .workspace(try globs("0")),
            ]
        )
        #expect(
            rules[2].match.conditions == [
                .tag(key: "team", try globs("research")), .tag(key: "cost center", try globs("1*", "2*")),
                .leaseType([.timing, .idle]), .marked(false),
            ]
        )
        #expect(
            rules[3].match.conditions == [
                .not(Selector([.leaseType([.idle]), .not(Selector([.runningFor(.seconds(2_629_800))]))]))
            ]
        )
        #expect(rules[6].match == Selector())
    }

    @Test func `outcomes take what they leave out from the defaults`() throws {
        let fixture = try #require(Fixture.good.first { $0.name == "everything" })
        let rules = try policy(fixture.text).rules
        let lease = LeaseTerms(extendBy: .seconds(259_200), renewBefore: .seconds(120))
        let both = EvidenceRequirement(sources: [
            .init(source: EvidenceName("jupyter")),
            .init(source: EvidenceName("jupyter-2"), isOptional: true, maxAge: .seconds(600)),
        ])
        let first = EvidenceRequirement(sources: [.init(source: EvidenceName("jupyter"))])
        #expect(
            rules[0].outcome
                == .keepAlive(
                    KeepAlive(
                        until: Timestamp(rfc3339: "2031-12-02T00:00:00-03:00"),
                        lease: LeaseTerms(extendBy: .seconds(3_600), renewBefore: .seconds(1_200)),
                        leaseType: .keep,
                        reason: "release 4.2"
                    )
                )
        )
        #expect(
            rules[1].outcome
                == .keepAlive(KeepAlive(until: Timestamp(rfc3339: "2031-12-01T07:00:00Z"), lease: lease))
        )
        #expect(
            rules[2].outcome
                == .idle(
                    IdleBudget(
                        budget: .seconds(5_400),
                        evidence: first,
                        warn: .seconds(600),
                        whileActive: .prolong,
                        lease: lease
                    )
                )
        )
        #expect(rules[3].outcome == .stop(warn: .seconds(3_600)))
        #expect(rules[4].outcome == .keepAlive(KeepAlive(lease: lease)))
        #expect(rules[5].outcome == .stop(warn: nil))
        #expect(rules[6].outcome == .idle(IdleBudget(budget: .seconds(5_400), evidence: both, lease: lease)))
    }

    @Test func `a rule's own atLeast counts the sources that it asks`() throws {
        func lines(_ idle: String, defaults: String = "{}") -> [String] {
            load(
                "{version: 1, service: {kind: modelarts, region: eu-de, projectID: p}, evidence: {a: {kind: jupyter}, "
                    + "b: {kind: jupyter}}, defaults: {idle: \(defaults)}, rules: [{name: i, idle: \(idle)}]}"
            ).lines
        }
        #expect(lines("{budget: 1h, atLeast: 2}") == [])
        #expect(lines("{budget: 1h, atLeast: 3}").count == 1)
        #expect(lines("{budget: 1h, atLeast: 2}", defaults: "{evidence: [a, b]}") == [])
        #expect(lines("{atLeast: 3}", defaults: "{evidence: [a, b], budget: 1h}").count == 1)
        #expect(lines("{budget: 1h}", defaults: "{atLeast: 3}").count == 1)
    }
}
