import Foundation
import Modules
import Primitives
import SQL
import TestSupport
import Testing

@testable import KontorApp

@Suite struct DeployTests {
    /// What a shop on the open network should have.
    private static let sound = [
        "ALLOWED_HOSTS": "shop.example.com", "PUBLIC_URL": "https://shop.example.com",
        "FRONTEND_URL": "https://www.example.com", "EMAIL_HOST": "mail.example.com", "EMAIL_USE_TLS": "true",
        "SECRET_KEY": "0123456789abcdef0123456789abcdef", "METRICS_TOKEN": "fedcba9876543210fedcba9876543210",
        "SHOP_ADDRESS": "1 Main Street; Springfield",
    ]

    private static func findings(_ change: [String: String]) throws -> [CheckFinding] {
        DeployCheck.findings(try Settings(SettingsValues(sound.merging(change) { $1 })))
    }

    @Test func `nothing is said about a shop that is set up well`() throws {
        #expect(try Self.findings([:]) == [])
    }

    @Test(arguments: [
        ("DEBUG", "true", true), ("ALLOWED_HOSTS", "*", false), ("SECRET_KEY", "short", true),
        ("JWT_SIGNING_KEY", "short", true), ("PUBLIC_URL", "http://shop.example.com", false), ("PUBLIC_URL", "", false),
        ("FRONTEND_URL", "", false), ("FRONTEND_URL", "http://www.example.com", false),
        ("EMAIL_HOST", "", false), ("EMAIL_USE_TLS", "false", false), ("RATE_LIMITS", "off", false),
        ("CORS_ALLOWED_ORIGINS", "*", false), ("METRICS_TOKEN", "", false), ("METRICS_TOKEN", "short", true),
        ("SANDBOX_GATEWAY", "true", false), ("STRIPE_API_BASE", "http://localhost:9", false),
        ("PAYPAL_API_BASE", "https://api-m.paypal.com.example.com", false), ("SHOP_ADDRESS", "", false),
        ("RAZORPAY_API_BASE", "http://127.0.0.1", false),
        ("METRICS_ALLOW", "10.0.0.0/8,0.0.0.0/0", false), ("METRICS_ALLOW", "::/0", false),
        ("ALLOWED_HOSTS", "https://shop.example.com", true), ("ALLOWED_HOSTS", "shop.example.com:8000", true),
        ("ALLOWED_HOSTS", "shop.example.com/", true), ("CORS_ALLOWED_ORIGINS", "www.example.com", true),
        ("CORS_ALLOWED_ORIGINS", "https://www.example.com/shop", true),
    ])
    func `each open door is named by its setting`(key: String, value: String, isError: Bool) throws {
        let findings = try Self.findings([key: value])
        #expect(findings.map(\.key) == [key])
        #expect(findings.first?.isError == isError)
    }

    @Test(arguments: [
        (["STRIPE_SECRET_KEY": "sk_test_1", "STRIPE_PUBLIC_KEY": "pk_test_1"], "STRIPE_SECRET_KEY"),
        (["PAYPAL_CLIENT_ID": "a", "PAYPAL_SECRET": "b", "PAYPAL_MODE": "sandbox"], "PAYPAL_MODE"),
        (
            ["PAYPAL_CLIENT_ID": "a", "PAYPAL_SECRET": "b", "PAYPAL_API_BASE": "https://api-m.sandbox.paypal.com"],
            "PAYPAL_API_BASE"
        ),
        (["STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_PUBLIC_KEY": "pk_live_1"], nil),
        (["STRIPE_SECRET_KEY": "rk_live_1", "STRIPE_PUBLIC_KEY": "pk_live_1"], nil),
        (["STRIPE_API_BASE": "https://api.stripe.com"], nil), (["PAYPAL_API_BASE": "https://api-m.paypal.com//"], nil),
        (["PAYPAL_CLIENT_ID": "a", "PAYPAL_SECRET": "b", "PAYPAL_API_BASE": "https://api-m.paypal.com"], nil),
        (["RAZORPAY_KEY_ID": "rzp_live_1", "RAZORPAY_KEY_SECRET": "s"], nil),
        (["RAZORPAY_KEY_ID": "rzp_test_1", "RAZORPAY_KEY_SECRET": "s"], "RAZORPAY_KEY_ID"),
    ])
    func `a gateway in test mode is named, one that takes money is not`(change: [String: String], key: String?) throws {
        #expect(try Self.findings(change).map(\.key) == [key].compactMap { $0 })
    }

    @Test(arguments: [
        (["STRIPE_SECRET_KEY": "sk_live_1"], "STRIPE_SECRET_KEY"),
        (["STRIPE_PUBLIC_KEY": "pk_live_1"], "STRIPE_PUBLIC_KEY"),
        (["STRIPE_WEBHOOK_SECRET": "whsec_1"], "STRIPE_WEBHOOK_SECRET"),
        (["PAYPAL_CLIENT_ID": "a"], "PAYPAL_CLIENT_ID"),
        (["PAYPAL_SECRET": "a"], "PAYPAL_SECRET"), (["RAZORPAY_KEY_ID": "rzp_live_1"], "RAZORPAY_KEY_ID"),
        (["RAZORPAY_KEY_SECRET": "a"], "RAZORPAY_KEY_SECRET"), (["EMAIL_HOST_USER": "a"], "EMAIL_HOST_USER"),
        (["TWILIO_AUTH_TOKEN": "a"], "TWILIO_AUTH_TOKEN"), (["FACEBOOK_APP_ID": "1"], "FACEBOOK_APP_ID"),
        (["PAYOUT_BIC": "COBADEFFXXX"], "PAYOUT_BIC"), (["DB_HOST": "db"], "DB_HOST"),
        (["DATABASE_URL": "sqlite:///shop.db", "DB_USER": "shop"], "DB_USER"),
        (["KONTOR_SUPERUSER_EMAIL": "a@example.com"], "KONTOR_SUPERUSER_EMAIL"),
    ])
    func `half of a group of settings is named for every shop`(change: [String: String], key: String) throws {
        let findings = try Self.findings(change)
        #expect(findings.map(\.key) == [key] && findings.allSatisfy { $0.isForEveryShop && !$0.isError })
    }

    @Test(arguments: [
        ("SHOP_NAEM", "SHOP_NAME"), ("ALLOWED_HOST", "ALLOWED_HOSTS"), ("DATABASE_URI", "DATABASE_URL"),
        ("DATADIR", "DATA_DIR"), ("SECERT_KEY", "SECRET_KEY"), ("PUBLIC_URLS", "PUBLIC_URL"), ("SHOP_NAME", nil),
        ("DB_PASS", "DB_PASSWORD"), ("DB_USERNAME", "DB_USER"),
        ("PATH", nil), ("HOME", nil), ("LANGUAGE", nil), ("REDIS_URL", nil), ("HOSTNAME", nil), ("XDG_DATA_DIRS", nil),
        ("STRIPE_SECRET_KEY", nil), ("PYTHONPATH", nil),
    ])
    func `a name that is nearly a setting's is told apart from one that is none`(name: String, meant: String?) {
        #expect(SettingNames.meant(by: name) == meant)
    }

    @Test func `the list of settings is what the sources read and the document describes`() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let files = FileManager.default.enumerator(atPath: root.appending(path: "Sources").path)
        var read: Set<String> = []
        let call = #/(?:text|number|flag|list|retention|webAddress|need)\("([A-Z][A-Z0-9_]+)"/#
        while let file = files?.nextObject() as? String {
            guard file.hasSuffix(".swift") else { continue }
            let text = try String(contentsOf: root.appending(path: "Sources/" + file), encoding: .utf8)
            read.formUnion(text.matches(of: call).map { String($0.1) })
        }
        #expect(read.count > 80)
        #expect(read.subtracting(SettingNames.all) == [])
        // What only a measuring of the server asks for.
        #expect(try ExampleSettingsTests.described() == SettingNames.all.subtracting(["KONTOR_BARE_ROUTE"]))
    }

    @Test func `the demo's password is found wherever others reach the shop`() async throws {
        try await withShop(.sqlite, settings: ["PUBLIC_URL": "https://shop.example.com"]) { stand in
            let installation = stand.shop.installation
            let demo = DemoShop.Administrator()
            func found() async throws -> [CheckFinding] {
                try await DeployCheck.findings(installation).filter { $0.key == "users" }
            }
            #expect(try await found() == [])
            try await stand.shop.createSuperuser(email: demo.email, password: demo.password, promote: false)
            #expect(try await found().map(\.isError) == [true])
            try await stand.shop.changePassword(of: demo.email, to: "correct-horse-9")
            #expect(try await found() == [])
        }
    }

    @Test(arguments: Backend.available)
    func `a gateway that staff have set up in test mode is named too`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let path = "/api/admin/payment-gateways/stripe/"
            let keys: JSONValue = [
                "configuration": ["secret_key": "sk_test_1", "public_key": "pk_1", "api_base": "http://localhost:9"]
            ]
            #expect(try await admin.send("PATCH", path, json: keys).status == 200)
            let database = stand.shop.installation.database
            func found() async throws -> [String] {
                var keys: [String] = []
                for check in stand.shop.modules.checks { keys += try await check(database).map(\.key) }
                return keys.filter { $0.hasPrefix("STRIPE_") }.sorted()
            }
            #expect(try await found() == ["STRIPE_API_BASE", "STRIPE_SECRET_KEY"])
            #expect(try await admin.send("PATCH", path, json: ["is_active": .bool(false)]).status == 200)
            #expect(try await found() == [])
        }
    }

    @Test(arguments: Backend.available)
    func `a database that is behind is an error, and users who cannot log in are told of`(_ backend: Backend)
        async throws
    {
        try await withDatabaseAddress(backend) { address in
            try await withTemporaryFolder { data in
                let settings = try Settings(
                    SettingsValues(Self.sound.merging(["DATABASE_URL": address, "DATA_DIR": data]) { $1 }))
                let installation = try await Installation.open(settings)
                let behind = try await DeployCheck.findings(installation)
                #expect(behind.map(\.key) == ["migrations"] && behind.first?.isError == true)
                try await installation.migrate()
                #expect(try await DeployCheck.findings(installation) == [])
                try await installation.database.write { tx in
                    _ = try tx.execute(
                        """
                        INSERT INTO users (email, password_hash, role, created_at, updated_at)
                        VALUES ('old@example.com', 'md5$a$b', 'customer', 0, 0)
                        """)
                }
                let moved = try await DeployCheck.findings(installation)
                #expect(moved.map(\.key) == ["users"] && moved.allSatisfy { $0.isForEveryShop && !$0.isError })
                await installation.database.close()
            }
        }
    }

    @Test func `processes that start at once agree on one secret, which only its owner may read`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/secret_key"
            let secrets = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<16 { group.addTask { try SecretFile.load(path, random: .system) } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(secrets.count == 1)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["secret_key"])
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try SecretFile.load(path, random: .system) == secrets.first)
        }
    }

    @Test func `a secret that is too short to be one is refused, not replaced`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/secret_key"
            try Data("half".utf8).write(to: URL(filePath: path))
            #expect(throws: SettingsError.self) { try SecretFile.load(path, random: .system) }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "half")
        }
    }

    @Test func `the database's shell leaves the log to the server`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/shop.db"
            let settings = try Settings(SettingsValues(["DATABASE_URL": "sqlite:///" + path]))
            let command = try #require(try ShellCommand.forDatabase(of: settings).candidates.first)
            let shell = try ChildProcess(
                command + [
                    "PRAGMA journal_mode = WAL; CREATE TABLE things (id); INSERT INTO things VALUES (7); "
                        + "SELECT id FROM things; PRAGMA wal_autocheckpoint;"
                ])
            #expect(String(decoding: shell.rest(), as: UTF8.self) == "wal\n7\n0\n")
            #expect(shell.wait() == 0)
            #expect(FileManager.default.fileExists(atPath: path + "-wal"))
        }
    }

    @Test func `a shell's password stands in its environment alone`() throws {
        let settings = try Settings(SettingsValues(["DATABASE_URL": "mysql://u:secret@db:3307/shop"]))
        let shell = try ShellCommand.forDatabase(of: settings)
        #expect(shell.environment == ["MYSQL_PWD": "secret"])
        #expect(shell.candidates.map(\.first) == ["mariadb", "mysql"])
        #expect(shell.candidates.allSatisfy { $0.dropFirst() == ["--host=db", "--port=3307", "--user=u", "shop"] })
    }

    @Test func `the data folder is made with all that leads to it`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/a/b/c"
            try DataDirectory.make(path)
            try DataDirectory.make(path)
            #expect(FileManager.default.fileExists(atPath: path))
            try Data().write(to: URL(filePath: folder + "/file"))
            #expect(throws: SettingsError.self) { try DataDirectory.make(folder + "/file/inside") }
        }
    }
}
