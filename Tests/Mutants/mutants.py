#!/usr/bin/env python3
# Copyright 2026 The curfew authors
# SPDX-License-Identifier: Apache-2.0
"""Shows that the simulated days notice a broken core: each mutation below must break a promise.

The sources of core, engine and simulation are copied into .build-mutants, with every mutation built in behind a switch
that the environment turns on (CURFEW_MUTANT), so that one build serves them all. Then the simulation runs without a
mutation, which must break nothing, and with each, which must break something.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

root = pathlib.Path(__file__).resolve().parents[2]
work = root / ".build-mutants"
package = work / "package"
core, engine = "Sources/CurfewCore", "Sources/CurfewEngine/State"

# Each mutation: its name, and what is replaced where. ON stands for the switch; the old text must occur exactly once.
MUTANTS = {
    "drop the re-read": [
        (f"{engine}/EngineState+Acting.swift", "guard learn(facts.notebook", "guard ON || learn(facts.notebook"),
        (f"{core}/Planning/Planner+Verify.swift", "guard record.readAt >= since,", "guard ON || record.readAt >= since,"),
    ],
    "drop the second look": [
        (f"{engine}/EngineState+Acting.swift", "if since > evidenceChangedAt {", "if !ON, since > evidenceChangedAt {"),
        (f"{core}/Planning/Planner+Verify.swift", "evidenceNotBefore: since)", "evidenceNotBefore: ON ? nil : since)"),
    ],
    "treat unknown as idle": [
        (
            f"{core}/Planning/ActivityVerdict.swift",
            "case .unknown(let why):\n                let reason",
            "case .unknown(let why):\n                if ON, let look = record.observation(of: use.source) {\n"
            "                    speaking += 1\n"
            "                    oldest = min(oldest ?? look.observedAt, look.observedAt)\n"
            "                    continue\n                }\n                let reason",
        )
    ],
    "treat active as idle": [
        (f"{core}/Planning/ActivityVerdict.swift", "?? active ?? .idle", "?? (ON ? nil : active) ?? .idle"),
        (f"{core}/Planning/ActivityVerdict.swift", "last = max(last, look.knownActivityAt ?? last)",
         "last = max(last, ON ? last : look.knownActivityAt ?? last)"),
        (f"{core}/Model/ObservedSpan.swift", "case .active: span?.from ?? observedAt", "case .active: ON ? nil : span?.from ?? observedAt"),
    ],
    "count time before the start": [
        (
            f"{core}/Planning/ActivityVerdict.swift",
            "var last = max(runningSince, record.lastKnownActivityAt ?? runningSince)",
            "var last = ON ? (record.lastKnownActivityAt ?? runningSince - .seconds(86_400))"
            " : max(runningSince, record.lastKnownActivityAt ?? runningSince)",
        )
    ],
    "stop ten minutes early": [
        (f"{core}/Planning/Situation+Idle.swift", "let deadline = verdict.lastActivityAt + terms.budget",
         "let deadline = verdict.lastActivityAt + terms.budget - (ON ? .seconds(600) : .zero)"),
    ],
    "overlook marks": [
        (f"{core}/Model/Mark.swift", "if let tag, let value = notebook.tags[tag]", "if ON { return nil }\n        if let tag, let value = notebook.tags[tag]"),
    ],
    "be content with one source": [
        (f"{core}/Planning/ActivityVerdict.swift", "speaking < requirement.atLeast", "speaking < (ON ? 1 : requirement.atLeast)"),
    ],
    "ignore grants": [
        (f"{core}/Planning/MarkInForce.swift", "guard let grant = record.grant else", "guard !ON, let grant = record.grant else"),
    ],
    "stop what unreadable tags may protect": [
        (f"{core}/Planning/RuleSearch.swift", "mayBeProtected = .tagsUnreadable", "if !ON { mayBeProtected = .tagsUnreadable }"),
    ],
    "pass over one rule too many": [
        (f"{core}/Policy/Index/FieldIndex.swift", "missed.subtract(found.wanted)", "if !ON { missed.subtract(found.wanted) }"),
    ],
    "shorten a lease": [
        (f"{core}/Planning/Situation+KeepAlive.swift", "let threshold = min(", "let threshold = ON ? terms.extendBy * 3 : min("),
    ],
    "renew too late": [
        (f"{core}/Planning/Situation+KeepAlive.swift", "min(terms.renewBefore, terms",
         "min(ON ? .seconds(1) : terms.renewBefore, terms"),
    ],
    "change the type of a lease": [
        (f"{core}/Planning/Situation+KeepAlive.swift", "terms.extendBy, lease.kind)",
         "terms.extendBy, ON ? (lease.kind == .timing ? .idle : .timing) : lease.kind)"),
    ],
    "ignore the guard": [
        (f"{core}/Planning/GuardCheck.swift", "let limit = max(", "let limit = ON ? 1_000_000 : max("),
    ],
    "stop although a person holds all stops": [
        (f"{engine}/FleetWatch.swift", "if let freeze { holds.append", "if !ON, let freeze { holds.append"),
    ],
    "forget a freeze by hand at a restart": [
        (f"{engine}/FleetWatch.swift", "(freeze, guardFreeze) = (memory.freeze, memory.guardFreeze)",
         "(freeze, guardFreeze) = (ON ? nil : memory.freeze, memory.guardFreeze)"),
    ],
    "forget the guard's freeze at a restart": [
        (f"{engine}/FleetWatch.swift", "takeBackFreezes(to: now)\n    }\n\n    // MARK",
         "if ON { guardFreeze = nil }\n        takeBackFreezes(to: now)\n    }\n\n    // MARK"),
    ],
    "let everything go with an approval": [
        (f"{engine}/EngineState+Approval.swift", "approved.contains(id) ? standingHolds.filter",
         "ON && !approved.isEmpty || approved.contains(id) ? standingHolds.filter"),
        (f"{engine}/EngineState+Approval.swift", "return dueStops.intersection(approved)",
         "return ON ? dueStops : dueStops.intersection(approved)"),
    ],
    "ignore the cold start": [
        (f"{engine}/FleetWatch.swift", "if now < warm {", "if !ON, now < warm {"),
    ],
    "ignore that the clock was set": [
        (f"{engine}/EngineState+Clock.swift", "fleet.disturbed(what)\n", "if ON { return }\n        fleet.disturbed(what)\n"),
    ],
    "act in observe mode": [
        (f"{engine}/EngineState+Acting.swift", "policy.mode == .enforce, !isShuttingDown", "policy.mode == .enforce || ON, !isShuttingDown"),
        (f"{core}/Planning/Planner+Verify.swift", "policy.mode == .enforce else", "policy.mode == .enforce || ON else"),
    ],
    "forget intents of an earlier run": [
        (f"{engine}/Past.swift", "openIntents = Dictionary(", "openIntents = ON ? [:] : Dictionary("),
    ],
    "stop without an intent": [
        (f"{engine}/EngineState+Acting.swift", "if let failure, tracked.attempt?", "if !ON, let failure, tracked.attempt?"),
    ],
}

MANIFEST = """// swift-tools-version: 6.3
import PackageDescription
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("ImmutableWeakCaptures"),
    .enableUpcomingFeature("InferIsolatedConformances"), .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]
let package = Package(
    name: "curfew",
    products: [.executable(name: "curfew-soak", targets: ["CurfewSoak"])],
    dependencies: [
DEPENDENCIES
    ],
    targets: [
        .target(name: "CurfewCore", dependencies: [.product(name: "HeapModule", package: "swift-collections")],
            swiftSettings: settings),
        .target(name: "CurfewEngine", dependencies: ["CurfewCore",
            .product(name: "DequeModule", package: "swift-collections"),
            .product(name: "HeapModule", package: "swift-collections"),
            .product(name: "Logging", package: "swift-log")], swiftSettings: settings),
        .target(name: "FleetSimulation", dependencies: ["CurfewCore", "CurfewEngine"], path: "Tests/FleetSimulation",
            swiftSettings: settings),
        .executableTarget(name: "CurfewSoak", dependencies: ["FleetSimulation"], path: "Tests/Soak",
            swiftSettings: settings),
    ]
)
"""

SWITCH = """// Generated by Tests/Mutants/mutants.py.
import FoundationEssentials

package enum Mutant {
    package static let active = ProcessInfo.processInfo.environment["CURFEW_MUTANT"] ?? ""
}
"""


def fail(text: str) -> None:
    sys.exit(f"mutants.py: {text}")


def write(path: pathlib.Path, text: str) -> None:
    # Only what differs, so that a second build has little to do.
    if not path.exists() or path.read_text() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def mutated() -> dict[str, str]:
    texts = {}
    for folder in ["Sources/CurfewCore", "Sources/CurfewEngine", "Tests/FleetSimulation", "Tests/Soak"]:
        for path in sorted((root / folder).rglob("*.swift")):
            texts[str(path.relative_to(root))] = path.read_text()
    for name, edits in MUTANTS.items():
        for file, old, new in edits:
            if texts[file].count(old) != 1:
                fail(f'"{name}": {file} has {texts[file].count(old)} times: {old!r}; bring the list up to date')
            texts[file] = texts[file].replace(old, re.sub(r"\bON\b", f'(Mutant.active == "{name}")', new))
    texts["Sources/CurfewCore/Mutant.swift"] = SWITCH
    return texts


def build() -> pathlib.Path:
    texts = mutated()
    wanted = ["swift-collections", "swift-log"]
    lines = [line for line in (root / "Package.swift").read_text().splitlines()
             if ".package(url:" in line and any(f"/{name}\"" in line for name in wanted)]
    write(package / "Package.swift", MANIFEST.replace("DEPENDENCIES", "\n".join(lines)))
    for old in package.rglob("*.swift"):
        name = str(old.relative_to(package))
        if name != "Package.swift" and not name.startswith(".build") and name not in texts:
            old.unlink()
    for name, text in texts.items():
        write(package / name, text)
    command = [os.environ.get("SWIFT", "swift"), "build", "--package-path", package, "-c", "release",
               "-Xswiftc", "-enable-testing", "--product", "curfew-soak"]
    if subprocess.run(command, stdout=subprocess.DEVNULL).returncode != 0:
        fail("the mutated sources do not build")
    return package / ".build/release/curfew-soak"


def soak(program: pathlib.Path, mutant: str, days: int) -> tuple[bool, str]:
    environment = dict(os.environ, CURFEW_MUTANT=mutant)
    try:
        result = subprocess.run(
            [program, str(days), "1"], env=environment, capture_output=True, text=True, timeout=300
        )
    except subprocess.TimeoutExpired:
        return True, "it does not come to an end"
    violations = [line for line in result.stdout.splitlines() if line.startswith("VIOLATION ")]
    if result.returncode not in (0, 1):
        fail(f'"{mutant}" ended with {result.returncode}: {result.stderr}')
    return bool(violations), violations[0][10:] if violations else ""


def main() -> None:
    program = build()
    broken, first = soak(program, "", 3000)
    if broken:
        fail(f"without a mutation a promise is broken: {first}")
    missed = []
    for name in MUTANTS:
        # Most are caught within a few fleets; some need a rare turn of events.
        for days in (300, 3000):
            caught, first = soak(program, name, days)
            if caught:
                break
        print(f"{'caught' if caught else 'MISSED'}  {name}: {first}", flush=True)
        if not caught:
            missed.append(name)
    print(f"{len(MUTANTS) - len(missed)} of {len(MUTANTS)} mutations are caught")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
