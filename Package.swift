// swift-tools-version: 6.2
import PackageDescription

/// The house: a target names what its files import, all of it and nothing else. `scripts/check-imports` holds them to it and
/// draws the floors, which follow from these edges.

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

// MARK: Packages

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
let certificates = Target.Dependency.product(name: "X509", package: "swift-certificates")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let signals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// LLVM's linker, which comes with the toolchain, takes half of GNU's time; a debug build links after every change.
let linker: [LinkerSetting] = [
    .unsafeFlags(["-use-ld=lld"], .when(platforms: [.linux], configuration: .debug))
]

// MARK: Shapes of targets

func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// A room that no sibling may import, by whatever way: what needs two of them stands upstairs.
func app(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    room(name, ["Modules", "Web", "Commerce", "SQL", "Primitives"] + dependencies)
}

/// A room over several apps; these are no siblings of each other's either.
func useCases(_ name: String, of apps: [Target.Dependency], _ dependencies: [Target.Dependency] = []) -> Target {
    room(name, apps + ["Modules", "Web", "Commerce", "SQL", "Primitives"] + dependencies)
}

func shim(_ name: String, static archives: [String] = [], shared libraries: [String] = []) -> Target {
    .target(
        name: name,
        linkerSettings: archives.map { .linkedLibrary(":lib\($0).a") } + libraries.map { .linkedLibrary($0) }
    )
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: settings, linkerSettings: linker)
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
    .target(
        name: "CXML", cSettings: [.unsafeFlags(["-I/usr/include/libxml2"])], linkerSettings: [.linkedLibrary("xml2")]),
    shim("CMaxMind", static: ["maxminddb"]),
    shim("CResources"),
    shim("CZlib", static: ["z"]),
]

let floor0: [Target] = [
    room("SQL", ["Primitives", logging])
]

let floor1: [Target] = [
    room("SQLiteDriver", ["SQL", "Primitives", "CSQLite", logging]),
    room("MySQLDriver", ["SQL", "Primitives", "CMariaDB", logging]),
    room("Commerce", ["SQL", "Primitives", "CResources"]),
    room("Jobs", ["SQL", "Primitives", logging, metrics, lifecycle]),
    room("Messages", ["Jobs", "Commerce", "SQL", "Primitives"]),
    room("Pictures", ["CQREncode", "Media", "Jobs", "Commerce", "SQL", "Primitives", logging, metrics]),
    room("Media", ["Primitives", "CImage"]),
    room("Outbound", ["Primitives", "CCurl"]),
    room("Documents", ["CHaru"]),
    room("Markup", ["CXML"]),
    room("Deflate", ["CZlib"]),
    room("Workbooks", ["Deflate", "Markup", "Primitives"]),
    room("Templates", ["Primitives", mustache]),
    room("AdminPages", ["Primitives"]),
    room(
        "Web",
        [
            "Deflate", "Commerce", "SQL", "Primitives", hummingbirdCore, httpTypes, nioCore, nioPosix, nioHTTP1,
            nioHTTPTypes,
            nioHTTPTypesHTTP1,
            logging, metrics, lifecycle, "CResources",
        ]
    ),
]

let modules: [Target] = [
    room(
        "Modules",
        [
            "AdminPages", "Web", "Messages", "Pictures", "Media", "Jobs", "Commerce", "SQL", "Primitives", httpTypes,
            logging,
        ]),
    room(
        "Admin", ["AdminPages", "Templates", "Web", "Commerce", "Primitives", "CResources", httpTypes]),
]

let floor2: [Target] = [
    app(
        "Accounts",
        [
            "AdminPages", httpTypes, "Jobs", "Messages", "Media", "Pictures", "Outbound", "CArgon2", "CCrypt",
            "CMaxMind", "CResources",
            crypto, cryptoExtras, jwt, logging,
        ]),
    app("Catalog", ["Messages", "Pictures"]),
    app("Inventory", ["AdminPages", httpTypes, "Messages"]),
    app("Carts", [httpTypes, "Jobs", "Pictures"]),
    app("Orders", [httpTypes, "Documents", "Messages"]),
    app(
        "Payments", ["AdminPages", httpTypes, "Jobs", "Messages", "Outbound", "Pictures", certificates, asn1, logging]),
    app("Taxes", ["AdminPages"]),
    app("Shipping", ["AdminPages"]),
    app("Coupons", ["AdminPages", httpTypes]),
    app("LiveSettings", [httpTypes]),
    app("Vendors", ["AdminPages", httpTypes, "Jobs", "Media", "Messages", "Pictures"]),
    app("Reviews", ["AdminPages", httpTypes, "Jobs", "Messages", "Pictures"]),
    app("Wishlists", [httpTypes, "Jobs", "Messages", "Pictures"]),
    app("Webhooks", ["AdminPages", httpTypes, "Jobs", "Messages", "Outbound", logging]),
    app("Notifications", ["AdminPages", httpTypes, "Jobs", "Messages", "Outbound", "Templates", mustache, logging]),
]

let floor3: [Target] = [
    room("Schema", ["Jobs", "SQL"]),
    useCases(
        "Checkout", of: ["Carts", "Coupons", "Inventory", "Orders", "Payments", "Shipping", "Taxes", "Vendors"],
        ["AdminPages", httpTypes, "Jobs", "Messages", "Pictures", logging]),
    useCases(
        "Merchandising", of: ["Catalog", "Inventory", "Taxes", "Vendors"],
        ["AdminPages", httpTypes, "Pictures", "Jobs", "Messages", "Outbound", "Workbooks"]),
    useCases(
        "Marketplace", of: ["Orders", "Payments", "Vendors"],
        ["AdminPages", httpTypes, "Documents", "Jobs", "Markup", "Messages"]),
    useCases("Privacy", of: ["Accounts"], ["Documents", "Media", "Pictures", "Jobs"]),
    useCases("Storefront", of: ["Catalog", "Reviews", "Vendors"], ["AdminPages", httpTypes, "Pictures", "Jobs"]),
]

let apps: [Target.Dependency] = floor2.map { .target(name: $0.name) }
let rooms: [Target.Dependency] = floor3.map { .target(name: $0.name) }

let kontorApp = room(
    "KontorApp",
    apps + rooms + [
        "SQLiteDriver", "MySQLDriver", "Admin", "AdminPages", "Modules", "Web", "Jobs", "Media", "Messages", "Pictures",
        "Outbound",
        "Commerce", "SQL",
        "Primitives", logging, metrics, lifecycle, signals, configuration, system,
    ]
)

// Whoever imports KontorApp lays out what the apps store in its structs, and is built again when that changes only where the
// apps are named: `kontor` and `ShopTests` name them all, imported or not.
let kontor = Target.executableTarget(
    name: "kontor",
    dependencies: apps + rooms + [
        "Admin", "KontorApp", "Modules", "Web", "Pictures", "Jobs", "Commerce", "SQLiteDriver", "SQL", "Primitives",
        arguments,
        logging,
    ],
    swiftSettings: settings,
    linkerSettings: linker
)

let load = Target.executableTarget(
    name: "kontor-load", dependencies: ["Primitives", arguments], swiftSettings: settings, linkerSettings: linker)

// MARK: Tests

let support = Target.target(
    name: "TestSupport",
    dependencies: [
        "SQLiteDriver", "MySQLDriver", "SQL", "Primitives", nioCore, nioPosix, nioHTTP1, logging,
    ],
    path: "Tests/TestSupport",
    exclude: ["Peers"],
    swiftSettings: settings
)

let checks: [Target] = [
    support,
    tests("PrimitivesTests", ["Primitives"]),
    tests("WorkbooksTests", ["Workbooks", "Primitives"]),
    tests("SQLTests", ["SQL", "SQLiteDriver", "MySQLDriver", "Primitives", logging]),
    tests("JobsTests", ["Jobs", "SQL", "Primitives", logging, lifecycle]),
    tests(
        "WebTests",
        ["Web", "Deflate", "Schema", "Commerce", "SQL", "Primitives", httpTypes, nioCore, logging, metrics, lifecycle]),
    // What the tests of rooms share. It belongs to tests, since it reads what `Web` keeps to itself.
    tests("AppHarness", ["Commerce", "Primitives", "SQL", "Web", httpTypes, logging]),
    tests(
        "AdminTests",
        [
            "AppHarness", "Admin", "AdminPages", "Commerce", "Primitives", "SQL", "Schema", "Templates", "Web",
            httpTypes,
            logging, mustache,
        ]),
    tests(
        "AccountsTests",
        [
            "AppHarness", "Accounts", "Commerce", "Jobs", "Media", "Messages", "Modules", "Outbound", "Pictures",
            "Primitives", "SQL", "Schema", "Web", httpTypes,
        ]),
    tests(
        "CatalogTests",
        [
            "AppHarness", "Catalog", "Commerce", "Inventory", "Jobs", "Media", "Merchandising", "Outbound", "Pictures",
            "Primitives", "SQL", "Schema", "Storefront", "Vendors", "Web", httpTypes, logging,
        ]),
    tests(
        "CheckoutTests",
        [
            "AppHarness", "Carts", "Checkout", "Commerce", "Coupons", "Documents", "Inventory", "Jobs", "Marketplace",
            "Messages", "Modules", "Notifications", "Orders", "Outbound", "Payments", "Primitives", "SQL", "Schema",
            "Shipping", "Storefront", "Taxes", "Vendors", "Web", httpTypes, logging,
        ]),
    tests(
        "PaymentsTests",
        [
            "AppHarness", "Payments", "Commerce", "Jobs", "Outbound", "Primitives", "SQL", "Schema", "Web", httpTypes,
            logging,
        ]),
    tests(
        "ReviewsTests",
        [
            "AppHarness", "Commerce", "Jobs", "Media", "Pictures", "Primitives", "Reviews", "SQL", "Schema",
            "Storefront", "Web", httpTypes,
        ]),
    tests(
        "VendorsTests",
        [
            "AppHarness", "Vendors", "Commerce", "Jobs", "Media", "Pictures", "Primitives", "SQL", "Schema", "Web",
            httpTypes,
        ]),
    tests(
        "WishlistsTests",
        [
            "AppHarness", "Carts", "Catalog", "Commerce", "Coupons", "Inventory", "Jobs", "Merchandising", "Messages",
            "Primitives", "SQL", "Schema", "Storefront", "Web", "Wishlists", httpTypes, logging,
        ]),
    tests(
        "WebhooksTests",
        [
            "AppHarness", "Webhooks", "Commerce", "Jobs", "Messages", "Modules", "Outbound", "Primitives", "SQL",
            "Schema",
            "Web", httpTypes, logging,
        ]),
    tests(
        "NotificationsTests",
        [
            "AppHarness", "Accounts", "Checkout", "Commerce", "Jobs", "Marketplace", "Merchandising", "Messages",
            "Modules", "Notifications", "Outbound", "Primitives", "SQL", "Schema", "Vendors", "Web", "Webhooks",
            "Wishlists", httpTypes, logging,
        ]),
    tests(
        "AppTests",
        [
            "AppHarness", "Catalog", "Commerce", "Documents", "Jobs", "Media", "Messages",
            "Modules", "Outbound", "Pictures", "Primitives", "SQL", "Schema", "Web", httpTypes,
            logging,
        ]),
    tests(
        "ShopTests",
        apps + rooms + [
            "AppHarness", "Admin", "AdminPages", "KontorApp", "kontor", "MySQLDriver", "Modules", "Web", "Jobs",
            "Media", "Messages", "Commerce", "SQL", "Primitives",
            logging,
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
        .package(url: "https://github.com/apple/swift-certificates.git", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-asn1.git", from: "1.7.4"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-system.git", from: "1.8.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ],
    targets: ground + floor0 + floor1 + modules + floor2 + floor3 + [
        kontorApp, kontor, load,
    ]
        + checks,
    swiftLanguageModes: [.v6]
)
