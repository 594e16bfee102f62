// swift-tools-version: 6.2
import PackageDescription

/// The house, floor by floor: a target may depend only on floors below its own. `scripts/check-imports` holds every
/// file's imports against this list; `ARCHITECTURE.md` draws it.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// MARK: Packages

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1 = Target.Dependency.product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let jwt = Target.Dependency.product(name: "JWTKit", package: "jwt-kit")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

// MARK: Shapes of targets

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func shim(_ name: String, static archives: [String] = [], shared libraries: [String] = []) -> Target {
    .target(
        name: name,
        linkerSettings: archives.map { .linkedLibrary(":lib\($0).a") } + libraries.map { .linkedLibrary($0) }
    )
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: settings)
}

// MARK: The floors

let ground: [Target] = [
    room("Primitives", [crypto, "CIDN2", "CMalloc"]),
    shim("CSQLite", static: ["sqlite3"], shared: ["m"]),
    shim("CMariaDB", static: ["mariadb"], shared: ["ssl", "crypto", "z", "m"]),
    shim("CArgon2", static: ["argon2"]),
    shim("CCrypt", shared: ["crypt"]),
    shim("CIDN2", shared: ["idn2"]),
    shim("CMalloc"),
    shim("CImage", static: ["png", "jpeg", "webp", "z"], shared: ["lcms2", "m"]),
    shim("CCurl", shared: ["curl"]),
    shim("CHaru", shared: ["hpdf"]),
    shim("CQREncode", shared: ["qrencode"]),
    shim("CMaxMind", static: ["maxminddb"]),
    shim("CResources"),
]

let floor0: [Target] = [
    room("SQL", ["Primitives"])
]

let floor1: [Target] = [
    room("SQLiteDriver", ["SQL", "Primitives", "CSQLite", logging]),
    room("MySQLDriver", ["SQL", "Primitives", "CMariaDB", logging]),
    room("Commerce", ["SQL", "Primitives", "CResources"]),
    room("Jobs", ["SQL", "Primitives", logging, metrics, lifecycle]),
    room("Messages", ["Jobs", "Commerce", "Primitives"]),
    room("Pictures", ["CQREncode", "Media", "Jobs", "Commerce", "SQL", "Primitives", logging, metrics]),
    room("Media", ["Primitives", "CImage"]),
    room("Outbound", ["Primitives", "CCurl"]),
    room("Documents", ["CHaru"]),
    room(
        "Web",
        [
            "Commerce", "SQL", "Primitives", hummingbirdCore, httpTypes, nioCore, nioPosix, nioHTTP1, nioHTTPTypes,
            nioHTTPTypesHTTP1,
            logging, metrics, lifecycle, "CZlib", "CResources",
        ]
    ),
]

let floor2: [Target] = [
    room(
        "Accounts",
        [
            "Web", httpTypes, "Jobs", "Messages", "Media", "Pictures", "Outbound", "Commerce", "SQL", "Primitives",
            "CArgon2",
            "CCrypt", "CMaxMind", "CResources", crypto, cryptoExtras, jwt, logging,
        ]),
    room("Catalog", ["Web", httpTypes, "Pictures", "Commerce", "SQL", "Primitives"]),
    room("Inventory", ["Web", httpTypes, "Jobs", "Commerce", "SQL", "Primitives"]),
    room("Carts", ["Web", httpTypes, "Jobs", "Pictures", "Commerce", "SQL", "Primitives"]),
    room("Orders", ["Web", httpTypes, "Jobs", "Messages", "Documents", "Commerce", "SQL", "Primitives"]),
    room("Taxes", ["Web", "Commerce", "SQL", "Primitives"]),
    room("Shipping", ["Web", "Commerce", "SQL", "Primitives"]),
    room("Coupons", ["Web", httpTypes, "Commerce", "SQL", "Primitives"]),
    room("Vendors", ["Web", httpTypes, "Commerce", "SQL", "Primitives"]),
    room(
        "Notifications",
        [
            "Web", httpTypes, "Jobs", "Messages", "Outbound", "Commerce", "SQL", "Primitives", "CResources", mustache,
            logging,
        ]),
]

let apps: [Target.Dependency] = floor2.map { .target(name: $0.name) }

let floor3: [Target] = [
    room("Schema", ["Jobs", "SQL", "Primitives"]),
    room("Checkout", apps + ["Web", httpTypes, "Jobs", "Messages", "Commerce", "SQL", "Primitives"]),
    room("Merchandising", apps + ["Web", httpTypes, "Pictures", "Jobs", "Commerce", "SQL", "Primitives"]),
    room(
        "Privacy",
        apps + ["Web", "Documents", "Media", "Pictures", "Jobs", "Commerce", "SQL", "Primitives"]),
    room("Storefront", apps + ["Web", httpTypes, "Pictures", "Jobs", "Commerce", "SQL", "Primitives"]),
]

let rooms: [Target.Dependency] = floor3.map { .target(name: $0.name) }

let kontorApp = room(
    "KontorApp",
    apps + rooms + [
        "SQLiteDriver", "MySQLDriver", "Web", "Jobs", "Messages", "Media", "Pictures", "Outbound", "Commerce", "SQL",
        "Primitives",
        "CResources", hummingbird, httpTypes, nioCore, logging, metrics, lifecycle, signals,
        configuration, system,
    ]
)

// Whoever holds KontorApp's structs lays out what the apps store in them, and is built again when that changes only where the
// apps are named.
let kontor = Target.executableTarget(
    name: "kontor",
    dependencies: apps + rooms + ["KontorApp", "Web", "Jobs", "SQLiteDriver", "SQL", "Primitives", arguments],
    swiftSettings: settings
)

let load = Target.executableTarget(
    name: "kontor-load", dependencies: ["Primitives", arguments], swiftSettings: settings)

// MARK: Tests

let support = Target.target(
    name: "TestSupport",
    dependencies: [
        "SQLiteDriver", "MySQLDriver", "Schema", "SQL", "Primitives", nioCore, nioPosix, nioHTTP1, logging,
    ],
    path: "Tests/TestSupport",
    exclude: ["Peers"],
    swiftSettings: settings
)

let checks: [Target] = [
    support,
    tests("PrimitivesTests", ["Primitives"]),
    tests("SQLTests", ["SQL", "SQLiteDriver", "MySQLDriver", "Schema", "Primitives", logging]),
    tests("JobsTests", ["Jobs", "SQL", "Primitives", logging, lifecycle]),
    tests(
        "WebTests",
        ["Web", "Schema", "Commerce", "SQL", "Primitives", httpTypes, nioCore, nioHTTP1, logging, metrics, lifecycle]),
    tests(
        "AppTests",
        apps + rooms + [
            "Web", httpTypes, logging, "Outbound", "Documents", "CImage", "Commerce", "Media", "Pictures", "Messages",
            "Jobs",
            "SQL",
            "Primitives",
        ]),
    tests(
        "ShopTests",
        apps + rooms + [
            "KontorApp", "kontor", "Jobs", "Media", "Pictures", "Messages", "Commerce", "SQL", "Primitives", logging,
            httpTypes,
        ]),
]

let package = Package(
    name: "kontor",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "kontor", targets: ["kontor"])],
    dependencies: [
        .package(
            url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1",
            traits: ["ConfigurationSupport"]),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
        .package(url: "https://github.com/apple/swift-http-types.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.32.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics.git", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/vapor/jwt-kit.git", from: "5.7.1"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-system.git", from: "1.8.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: ground + [shim("CZlib", static: ["z"])] + floor0 + floor1 + floor2 + floor3 + [kontorApp, kontor, load]
        + checks,
    swiftLanguageModes: [.v6]
)
