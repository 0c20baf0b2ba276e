// swift-tools-version: 6.2
import PackageDescription

// Levels, edges and the reason for each target: ARCHITECTURE.md. The tidy test compares both.

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let x509: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// What counts and measures for long: optimised in debug builds too, or the tests would take half an hour.
let optimised = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

func engine(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: optimised)
}

/// One source format in one folder: its parser, its cases, a note about the format.
func importer(_ format: String, _ dependencies: [Target.Dependency] = []) -> [Target] {
    [
        .target(
            name: "Akashi\(format)Importer",
            dependencies: ["AkashiModel", "AkashiFormats", "AkashiIntake"] + dependencies,
            path: "Importers/\(format)/Sources",
            swiftSettings: strict
        ),
        .testTarget(
            name: "Akashi\(format)ImporterTests",
            dependencies: [
                .byName(name: "Akashi\(format)Importer"), "AkashiModel", "AkashiFormats", "AkashiIntake", "AkashiTesting",
            ],
            path: "Importers/\(format)/Tests",
            swiftSettings: strict
        ),
    ]
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["AkashiTesting"], swiftSettings: strict)
}

let importers = [
    "XArchive", "LineTalk", "Mail", "ShopCSV", "Picture", "PDF", "Media", "WebArchive", "SavedPage", "Meta",
    "Mastodon", "Bluesky", "Discord", "Slack", "Telegram", "YouTube", "Comments", "LineChannel", "WordPress", "AnyFile",
]
/// What one importer needs and the others do not.
let importerExtras: [String: [Target.Dependency]] = [
    "AnyFile": ["AkashiText"], "Picture": ["AkashiMedia"], "PDF": ["AkashiMedia"], "Media": ["AkashiMedia"],
    "WebArchive": [crypto], "Bluesky": [crypto],
]

let package = Package(
    name: "akashi",
    products: [
        // The comment filter by itself, for other programs.
        .library(name: "AkashiModeration", targets: ["AkashiModeration"]),
        .executable(name: "akashi", targets: ["akashi"]),
        .executable(name: "akashi-verify", targets: ["akashi-verify"]),
        .executable(name: "akashi-gateway", targets: ["akashi-gateway"]),
    ],
    traits: [
        .trait(name: "PostgreSQL", description: "Several gateways side by side on one PostgreSQL server; needs libpq.")
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.4.0"),
    ],
    targets: [
        // C libraries
        .systemLibrary(
            name: "CLibArchive",
            pkgConfig: "libarchive",
            providers: [.apt(["libarchive-dev"])]
        ),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CBrotli", pkgConfig: "libbrotlidec", providers: [.apt(["libbrotli-dev"])]),
        .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .target(
            name: "CSQLCipher",
            exclude: [".source"],
            cSettings: [
                .define("SQLITE_HAS_CODEC"), .define("SQLITE_TEMP_STORE", to: "2"),
                .define("SQLITE_THREADSAFE", to: "1"),
                .define("SQLITE_EXTRA_INIT", to: "sqlcipher_extra_init"),
                .define("SQLITE_EXTRA_SHUTDOWN", to: "sqlcipher_extra_shutdown"),
                .define("SQLITE_ENABLE_FTS5"), .define("SQLITE_ENABLE_RTREE"),
                .define("SQLITE_ENABLE_COLUMN_METADATA"), .define("SQLITE_ENABLE_DBSTAT_VTAB"),
                .define("SQLITE_ENABLE_PREUPDATE_HOOK"), .define("SQLITE_ENABLE_SESSION"),
                .define("SQLITE_ENABLE_UNLOCK_NOTIFY"), .define("SQLITE_ENABLE_MATH_FUNCTIONS"),
                .define("SQLITE_ENABLE_SNAPSHOT"), .define("SQLITE_SECURE_DELETE"), .define("SQLITE_DQS", to: "0"),
                .define("HAVE_ISNAN"), .define("HAVE_USLEEP"), .define("HAVE_STDINT_H"), .define("NDEBUG"),
                // The database is not what is being debugged: optimised in debug builds too.
                .unsafeFlags(["-O2", "-w"]),
            ],
            linkerSettings: [.linkedLibrary("crypto")]
        ),

        // Level 0
        library("AkashiModel"),
        engine("AkashiText"),
        library("AkashiFormats", ["CLibArchive", "CZlib", "CBrotli", "CPNG"]),
        library("AkashiBrowser", [subprocess]),
        library("AkashiMedia"),

        // Level 1
        library("AkashiAge", [crypto, cryptoExtras]),
        library("AkashiProof", ["AkashiModel", crypto, x509, asn1]),
        library("AkashiIntake", ["AkashiModel", "AkashiFormats", crypto]),
        library("AkashiKnowledge", ["AkashiModel", yams]),
        library("AkashiSorting", ["AkashiModel", "AkashiText"]),

        // Level 2
        engine("AkashiModeration", ["AkashiModel", "AkashiText", "AkashiKnowledge"]),
        library("AkashiVault", ["AkashiModel", "AkashiFormats", "AkashiAge", "AkashiProof", "AkashiIntake", crypto]),

        engine("AkashiActions", ["AkashiModel", "AkashiKnowledge"]),

        library(
            "AkashiCapture",
            ["AkashiModel", "AkashiFormats", "AkashiBrowser", "AkashiIntake", nioCore, nioPosix]),

        library("AkashiGuide", ["AkashiModel", "AkashiText", "AkashiKnowledge"]),
        engine("AkashiAuthorship", ["AkashiModel", "AkashiKnowledge"]),
        engine("AkashiWork", ["AkashiModel", "AkashiFormats", "AkashiText", "AkashiKnowledge"]),

        // Level 3
        library(
            "AkashiCasework",
            [
                "AkashiModel", "AkashiText", "AkashiProof", "AkashiIntake", "AkashiModeration", "AkashiVault", "CSQLCipher", grdb,
                crypto,
            ]),
        library(
            "AkashiDocuments",
            [
                "AkashiModel", "AkashiFormats", "AkashiKnowledge", "AkashiBrowser", "AkashiActions", "AkashiGuide", "AkashiWork",
                mustache,
            ]),

        engine("AkashiConsult", ["AkashiModel", "AkashiKnowledge", "AkashiText", "AkashiGuide"]),

        // Level 4
        library(
            "AkashiDesk",
            [
                "AkashiModel", "AkashiFormats", "AkashiAge", "AkashiProof", "AkashiIntake", "AkashiKnowledge",
                "AkashiText", "AkashiSorting", "AkashiModeration", "AkashiAuthorship", "AkashiVault", "AkashiCasework",
                "AkashiDocuments", "AkashiConsult", "AkashiWork",
                "AkashiMedia",
                "AkashiBrowser", "AkashiCapture", "AkashiActions", crypto,
            ] + importers.map { .byName(name: "Akashi\($0)Importer") }
        ),

        // Level 5
        library(
            "AkashiWeb",
            [
                "AkashiModel", "AkashiFormats", "AkashiAge", "AkashiProof", "AkashiIntake", "AkashiSorting", "AkashiKnowledge",
                "AkashiVault", "AkashiCasework", "AkashiDesk", "AkashiCapture", "AkashiActions", "AkashiDocuments",
                "AkashiModeration", "AkashiAuthorship", "AkashiGuide", "AkashiConsult", "AkashiWork",
                hummingbird, hummingbirdCore, nioCore, httpTypes, mustache, logging,
            ]),

        library(
            "AkashiGateway",
            [
                "AkashiModel", "AkashiAge", "AkashiText", "AkashiKnowledge", "AkashiModeration", "AkashiGuide", "AkashiConsult",
                crypto, grdb,
                hummingbird,
                hummingbirdCore,
                nioCore, nioPosix, httpTypes, logging, mustache,
                .target(name: "CPostgreSQL", condition: .when(traits: ["PostgreSQL"])),
            ]),

        library("AkashiVerifying", ["AkashiModel", "AkashiProof", "AkashiKnowledge", arguments]),

        // Programs
        program(
            "akashi",
            [
                "AkashiModel", "AkashiProof", "AkashiIntake", "AkashiKnowledge", "AkashiSorting", "AkashiVault", "AkashiCasework",
                "AkashiDesk", "AkashiWeb", "AkashiCapture", "AkashiActions", "AkashiDocuments", "AkashiText", "AkashiModeration",
                "AkashiAuthorship", "AkashiConsult", "AkashiWork", "AkashiMedia", "AkashiVerifying", arguments,
            ]),
        program("akashi-verify", ["AkashiModel", "AkashiProof", "AkashiKnowledge", "AkashiVerifying", arguments]),

        program(
            "akashi-gateway",
            ["AkashiModel", "AkashiKnowledge", "AkashiModeration", "AkashiGateway", "AkashiVerifying", arguments]),

        program("route-training", ["AkashiConsult"]),
        program("authorship-training", ["AkashiKnowledge", "AkashiAuthorship"]),

        // Tests
        .target(
            name: "AkashiTesting",
            dependencies: [
                "AkashiModel", "AkashiFormats", "AkashiBrowser", "AkashiAge", "AkashiProof", "AkashiIntake", "AkashiVault",
            ],
            swiftSettings: strict
        ),
        tests("AkashiModelTests", ["AkashiModel"]),
        tests("AkashiTextTests", ["AkashiText"]),
        .testTarget(
            name: "AkashiSortingTests", dependencies: ["AkashiModel", "AkashiKnowledge", "AkashiSorting", "AkashiTesting"],
            exclude: ["Texts"], swiftSettings: strict),
        tests("AkashiFormatsTests", ["AkashiFormats"]),
        .testTarget(
            name: "AkashiAgeTests",
            dependencies: ["AkashiAge", "AkashiTesting", crypto],
            exclude: ["Vectors", "Vectors.md"],
            swiftSettings: strict
        ),
        tests("AkashiProofTests", ["AkashiModel", "AkashiProof"]),
        .testTarget(
            name: "AkashiActionsTests",
            dependencies: ["AkashiModel", "AkashiFormats", "AkashiKnowledge", "AkashiActions", "AkashiTesting"],
            exclude: ["Texts"], swiftSettings: strict),
        .testTarget(
            name: "AkashiModerationTests",
            dependencies: ["AkashiModel", "AkashiKnowledge", "AkashiText", "AkashiModeration", "AkashiTesting"],
            exclude: ["Texts"],
            swiftSettings: optimised),
        tests("AkashiVaultTests", ["AkashiModel", "AkashiAge", "AkashiProof", "AkashiVault"]),
        .testTarget(
            name: "AkashiDeskTests",
            dependencies: [
                "AkashiModel", "AkashiFormats", "AkashiProof", "AkashiIntake", "AkashiKnowledge", "AkashiVault",
                "AkashiSorting", "AkashiModeration", "AkashiCasework", "AkashiActions", "AkashiDocuments", "AkashiConsult",
                "AkashiWork", "AkashiDesk", "AkashiBrowser", "AkashiMedia", "AkashiTesting", crypto,
            ], exclude: ["Papers", "Frozen"], swiftSettings: strict),
        tests(
            "AkashiWebTests",
            [
                "AkashiFormats", "AkashiActions", "AkashiBrowser", "AkashiIntake", "AkashiKnowledge",
                "AkashiModel", "AkashiModeration", "AkashiVault", "AkashiCasework", "AkashiConsult", "AkashiWork", "AkashiDesk",
                "AkashiWeb", "akashi",
            ]),
        .testTarget(
            name: "AkashiGatewayTests",
            dependencies: [
                "AkashiModel", "AkashiAge", "AkashiIntake", "AkashiKnowledge", "AkashiModeration", "AkashiVault",
                "AkashiCasework",
                "AkashiDesk", "AkashiBrowser", "AkashiGateway", "akashi-gateway", "AkashiTesting", crypto,
            ], exclude: ["Line"], swiftSettings: strict),
        .testTarget(
            name: "AkashiGuideTests", dependencies: ["AkashiModel", "AkashiKnowledge", "AkashiGuide", "AkashiTesting"],
            exclude: ["Questions"],
            swiftSettings: strict),
        .testTarget(
            name: "AkashiAuthorshipTests", dependencies: ["AkashiKnowledge", "AkashiAuthorship", "AkashiTesting"],
            exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "AkashiConsultTests",
            dependencies: ["AkashiModel", "AkashiKnowledge", "AkashiGuide", "AkashiConsult", "AkashiTesting"],
            exclude: ["Items"], swiftSettings: strict),
        .testTarget(
            name: "AkashiWorkTests",
            dependencies: ["AkashiModel", "AkashiFormats", "AkashiKnowledge", "AkashiWork", "AkashiTesting"],
            exclude: ["Postings", "Sentences"], swiftSettings: strict),
        tests("AkashiBrowserTests", ["AkashiBrowser"]),
        tests(
            "AkashiCaptureTests",
            [
                "AkashiModel", "AkashiFormats", "AkashiBrowser", "AkashiKnowledge", "AkashiCapture", hummingbird, httpTypes,
                logging, yams,
            ]),
        tests("ProgramTests", ["AkashiFormats", "AkashiBrowser", "akashi", "akashi-verify"]),
        tests(
            "TidyTests",
            [
                "AkashiModel", "AkashiKnowledge", "AkashiVault", "AkashiCasework", "AkashiDocuments", "AkashiCapture",
                "AkashiDesk", "AkashiText", "AkashiActions",
                "AkashiModeration", "AkashiGateway", "AkashiAuthorship", "AkashiConsult", "AkashiWork",
            ]),
    ] + importers.flatMap { importer($0, importerExtras[$0] ?? []) },
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
