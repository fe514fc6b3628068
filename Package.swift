// swift-tools-version: 6.3
// Copyright 2026 The curfew authors
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// Targets stand in the order of the layers (docs/architecture.md): each imports only from above it.

// What `make release` says of the commit that it builds. SwiftPM's own `Context.gitInformation` is no help: it stays what
// it was when the manifest was last read anew, so an incremental build would name an old commit.
let commit: [CSetting] = [
    ("CURFEW_COMMIT", "0x", "ULL", 16), ("CURFEW_COMMIT_DATE", "", "LL", 10), ("CURFEW_COMMIT_CHANGED", "", "", 10),
]
.compactMap { name, prefix, suffix, radix in
    guard let text = Context.environment[name], UInt64(text, radix: radix) != nil else { return nil }
    return .define(name, to: prefix + text + suffix)
}

let package = Package(
    name: "curfew",
    products: [
        .executable(name: "curfew", targets: ["curfew"]),
        .executable(name: "curfew-bench", targets: ["CurfewBenchmarks"]),
        .executable(name: "curfew-soak", targets: ["CurfewSoak"]),
        .executable(name: "curfew-fuzz", targets: ["CurfewFuzz"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // MARK: 0 the pure core
        .target(name: "CurfewCore"),
        .testTarget(name: "CurfewCoreTests", dependencies: ["CurfewCore"]),

        // MARK: 1 the loop and its ports, the JSON contract
        .target(
            name: "CurfewEngine",
            dependencies: [
                "CurfewCore",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "HeapModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "CurfewEngineTests",
            dependencies: [
                "CurfewCore",
                "CurfewEngine",
                "FleetSimulation",
                "TestSupport",
                .product(name: "InMemoryLogging", package: "swift-log"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(name: "ControlProtocol", dependencies: ["CurfewCore"]),
        .testTarget(name: "ControlProtocolTests", dependencies: ["ControlProtocol", "CurfewCore", "TestSupport"]),

        // MARK: 2 the adapters
        .target(
            name: "ActivityProbes",
            dependencies: [
                "CurfewCore",
                "CurfewEngine",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .testTarget(
            name: "ActivityProbesTests",
            dependencies: [
                "ActivityProbes",
                "CurfewCore",
                "CurfewEngine",
                "TestSupport",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .target(
            name: "AuditLedger",
            dependencies: ["CurfewCore", "CurfewEngine", .product(name: "GRDB", package: "GRDB.swift")]
        ),
        .target(
            name: "ControlClient",
            dependencies: [
                "ControlProtocol",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "ControlClientTests",
            dependencies: [
                "ControlClient",
                "ControlProtocol",
                "TestSupport",
            ]
        ),
        .testTarget(
            name: "AuditLedgerTests",
            dependencies: [
                "AuditLedger",
                "CurfewCore",
                "CurfewEngine",
                "FleetSimulation",
                "LedgerSample",
                "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        .target(
            name: "ControlServer",
            dependencies: [
                "ControlProtocol",
                "CurfewCore",
                "CurfewEngine",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(
            name: "ControlServerTests",
            dependencies: [
                "ControlProtocol",
                "ControlServer",
                "CurfewCore",
                "CurfewEngine",
                "SystemdSupport",
                "TestSupport",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .target(
            name: "ModelArtsClient",
            dependencies: [
                "CurfewCore",
                "CurfewEngine",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .testTarget(
            name: "ModelArtsClientTests",
            dependencies: [
                "CurfewCore",
                "CurfewEngine",
                "ModelArtsClient",
                "TestSupport",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            exclude: ["Fixtures"]
        ),
        .target(
            name: "PolicyFile",
            dependencies: [
                "CurfewCore",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Yams", package: "Yams"),
            ]
        ),
        .testTarget(
            name: "PolicyFileTests",
            dependencies: ["CurfewCore", "PolicyFile", "TestSupport", .product(name: "Yams", package: "Yams")],
            exclude: ["Fixtures"]
        ),
        .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
        .target(name: "SystemdSupport", dependencies: ["CSystemd", .product(name: "Logging", package: "swift-log")]),
        .testTarget(
            name: "SystemdSupportTests",
            dependencies: [
                "JournalSample",
                "SystemdSupport",
                "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),

        // MARK: 3 the verbs and the one composition root
        .target(name: "CBuildInfo", cSettings: commit),
        .target(
            name: "CurfewCommands",
            dependencies: [
                "ActivityProbes",
                "AuditLedger",
                "CBuildInfo",
                "ControlClient",
                "ControlProtocol",
                "ControlServer",
                "CurfewCore",
                "CurfewEngine",
                "ModelArtsClient",
                "ModelArtsSimulator",
                "PolicyFile",
                "SystemdSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(
            name: "CurfewCommandsTests",
            dependencies: [
                "AuditLedger", "ControlProtocol", "CurfewCommands", "CurfewCore", "CurfewEngine", "TestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Golden"]
        ),

        // MARK: 4 the program
        .executableTarget(name: "curfew", dependencies: ["CurfewCommands"]),

        // MARK: the simulated cloud, which shares nothing with the client
        .target(
            name: "ModelArtsSimulator",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(
            name: "ModelArtsSimulatorTests",
            dependencies: [
                "ModelArtsSimulator",
                "TestSupport",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            exclude: ["Fixtures"]
        ),

        // MARK: tests of the whole
        .target(name: "FleetSimulation", dependencies: ["CurfewCore", "CurfewEngine"], path: "Tests/FleetSimulation"),
        .executableTarget(name: "CurfewSoak", dependencies: ["FleetSimulation"], path: "Tests/Soak"),
        .target(
            name: "TestSupport",
            dependencies: [
                "CurfewCore",
                "CurfewEngine",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Tests/TestSupport"
        ),
        .executableTarget(
            name: "JournalSample",
            dependencies: ["SystemdSupport", .product(name: "Logging", package: "swift-log")],
            path: "Tests/JournalSample"
        ),
        .executableTarget(
            name: "LedgerSample",
            dependencies: ["AuditLedger", "CurfewCore", "CurfewEngine", "TestSupport"],
            path: "Tests/LedgerSample"
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "ModelArtsSimulator",
                "TestSupport",
                "curfew",
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Golden"]
        ),
        .testTarget(name: "RepositoryTests", dependencies: ["CurfewCore", "CurfewEngine", "TestSupport"]),
        .executableTarget(
            name: "CurfewBenchmarks",
            dependencies: [
                "ActivityProbes",
                "ControlProtocol",
                "CurfewCommands",
                "CurfewCore",
                "CurfewEngine",
                "ModelArtsClient",
                "ModelArtsSimulator",
                "PolicyFile",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            path: "Tests/Benchmarks"
        ),
        .target(
            name: "Fuzzing",
            dependencies: [
                "ActivityProbes",
                "CurfewCore",
                "CurfewEngine",
                "ModelArtsClient",
                "PolicyFile",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Tests/Fuzzing",
            exclude: ["Corpus"]
        ),
        .executableTarget(
            name: "CurfewFuzz",
            dependencies: ["Fuzzing", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Tests/FuzzRunner"
        ),
        .testTarget(name: "FuzzTests", dependencies: ["Fuzzing"]),
    ]
)

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

for target in package.targets {
    switch target.type {
    case .system, .binary, .plugin: break
    default: target.swiftSettings = settings
    }
}
