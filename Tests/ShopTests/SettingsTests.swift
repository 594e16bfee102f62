import Checkout
import Foundation
import Modules
import MySQLDriver
import Primitives
import TestSupport
import Testing
import Web

@testable import KontorApp
@testable import Notifications

@Suite struct SettingsTests {
    private static func settings(_ values: [String: String]) throws -> Settings {
        try Settings(SettingsValues(values))
    }

    @Test func `with nothing set a shop keeps its rows in SQLite beside its key`() throws {
        let settings = try Self.settings([:])
        guard case .sqliteFile("./data/kontor.sqlite3") = settings.storage else {
            Issue.record("another database: \(settings.storage)")
            return
        }
        #expect(settings.host == "127.0.0.1" && settings.port == 8_000)
        #expect(settings.secretKey == nil && !settings.web.debug)
        #expect(settings.web.corsOrigins == ["http://localhost:3000"])
        #expect(settings.jobLease == .seconds(30))
    }

    @Test(arguments: [
        ["DB_ENGINE": "mysql", "DB_HOST": "db", "DB_PORT": "3307", "DB_USER": "u", "DB_PASSWORD": "p", "DB_NAME": "n"],
        [
            "DB_ENGINE": "django.db.backends.mysql", "DB_HOST": "db", "DB_PORT": "3307", "DB_USER": "u",
            "DB_PASSWORD": "p", "DB_NAME": "n",
        ],
        ["DATABASE_URL": "mysql://u:p@db:3307/n"], ["DATABASE_URL": "mariadb://u:p@db:3307/n", "DB_ENGINE": "sqlite"],
    ])
    func `one MySQL is named in many ways`(values: [String: String]) throws {
        guard case .mysql(let configuration) = try Self.settings(values).storage else {
            Issue.record("no MySQL")
            return
        }
        #expect(configuration.host == "db" && configuration.port == 3_307)
        #expect(configuration.user == "u" && configuration.password == "p" && configuration.database == "n")
    }

    @Test(arguments: [
        ("sqlite:////var/lib/shop.db", "/var/lib/shop.db"), ("sqlite:///shop.db", "shop.db"),
    ])
    func `a SQLite file is named by its address`(url: String, path: String) throws {
        guard case .sqliteFile(path) = try Self.settings(["DATABASE_URL": url]).storage else {
            Issue.record("another file for \(url)")
            return
        }
    }

    @Test(arguments: [
        ("PORT", "eighty"), ("PORT", "65536"), ("PORT", "-1"), ("DEBUG", "perhaps"), ("DB_ENGINE", "oracle"),
        ("DATABASE_URL", "postgres://x"), ("DATABASE_URL", "mysql://"), ("LOG_LEVEL", "loud"), ("LOG_FORMAT", "xml"),
        ("DEFAULT_CURRENCY", "XXZ"), ("RESERVATION_MINUTES", "0"), ("TRANSFER_DAYS", "1.5"),
        ("PUBLIC_URL", "shop.example.com"), ("FRONTEND_URL", "ftp://x"), ("MAX_BODY_BYTES", "1"),
        ("MAX_CONNECTIONS", "1"), ("MAX_BODIES_BYTES", "1"), ("WRITE_TIMEOUT_SECONDS", "0"),
        ("SHUTDOWN_SECONDS", "soon"),
        ("RATE_LIMIT_LOGIN", "many"), ("JOB_LEASE_SECONDS", "0"), ("TAX_INCLUSIVE", "both"),
        ("STRIPE_CAPTURE_METHOD", "later"), ("STRIPE_API_BASE", "ftp://x"), ("STRIPE_SECRET_KEY", "sk_\u{FC}"),
        ("PAYPAL_MODE", "test"), ("PAYPAL_INTENT", "sale"), ("PAYPAL_API_BASE", "paypal.com"),
        ("RAZORPAY_CAPTURE", "never"), ("RAZORPAY_API_BASE", "//x"), ("SANDBOX_GATEWAY", "perhaps"),
        ("VENDOR_AUTO_APPROVE", "perhaps"),
        ("SANDBOX_CAPTURE_METHOD", "later"), ("PAYMENT_RECONCILE_SECONDS", "600,120"),
        ("PAYMENT_RECONCILE_SECONDS", "0"), ("STAFF_EMAIL", "nobody"), ("WEBHOOK_ALLOWED_NETWORKS", "10.0.0.0/40"),
        ("WEBHOOK_DAYS", "-1"), ("WEBHOOK_PAYLOAD_DAYS", "soon"), ("EMAIL_LOG_DAYS", "-1"), ("SOFT_BOUNCE_LIMIT", "0"),
    ])
    func `a value that cannot be used is refused by its name`(key: String, value: String) {
        #expect {
            try Self.settings([key: value])
        } throws: {
            ($0 as? SettingsError)?.key == key
        }
    }

    @Test func `a secret that cannot be used is not shown`() {
        #expect {
            try Self.settings(["STRIPE_SECRET_KEY": "sk_live_\n"])
        } throws: {
            !"\($0)".contains("sk_live_")
        }
    }

    @Test(arguments: [
        (["STAFF_EMAIL": "a@example.com, b@example.com"], ["a@example.com", "b@example.com"]),
        (["DEFAULT_FROM_EMAIL": "The Shop <shop@example.com>"], ["shop@example.com"]), ([:], ["shop@localhost"]),
    ])
    func `staff are told of money by their addresses, else by the sender's`(values: [String: String], to: [String])
        throws
    {
        let source = SettingsValues(values)
        #expect(try PaymentSettings(source, ShopSettings(source)).staff == to)
    }

    @Test func `TLS from the start and STARTTLS exclude each other, and each has its port`() throws {
        let server = ["EMAIL_HOST": "mail", "EMAIL_HOST_USER": "u"]
        func mail(_ more: [String: String]) throws -> MailSettings.Server? {
            try MailSettings(SettingsValues(server.merging(more) { $1 })).server
        }
        #expect(try mail([:])?.port == 25)
        #expect(try mail(["EMAIL_USE_TLS": "True"])?.port == 587)
        #expect(try mail(["EMAIL_USE_SSL": "true"])?.port == 465)
        #expect(try mail(["EMAIL_USE_SSL": "true", "EMAIL_PORT": "2465"])?.port == 2_465)
        #expect(throws: SettingsError.self) {
            try Self.settings(server.merging(["EMAIL_USE_SSL": "true", "EMAIL_USE_TLS": "true"]) { $1 })
        }
    }

    @Test func `lists are separated by commas and addresses lose their last slash`() throws {
        let web = try Self.settings([
            "ALLOWED_HOSTS": "a.example, b.example,", "PUBLIC_URL": "https://a.example//",
            "TRUSTED_PROXIES": "10.0.0.0/8",
        ]).web
        #expect(web.allowedHosts == ["a.example", "b.example"])
        #expect(web.publicURL == "https://a.example")
        #expect(web.trustedProxies == ["10.0.0.0/8"])
    }

    @Test(arguments: [
        ("A=b", ["A": "b"]), ("A = b c \r\nB=\n", ["A": "b c", "B": ""]), ("export A=b # why\n# B=c", ["A": "b"]),
        ("A=\"b # c\"  # why", ["A": "b # c"]), ("A='b\\n'", ["A": "b\\n"]), ("A=\"b\\n\\\"c\\\"\"", ["A": "b\n\"c\""]),
        ("A=pass#word", ["A": "pass#word"]), ("A=1\nA=2", ["A": "2"]), ("", [:]),
        ("A=x=y&z", ["A": "x=y&z"]), ("A=#b", ["A": ""]),
        (
            "A=1\rB=2\r\nC=3\u{B}D=4\u{C}E=5\u{85}F=6\u{2028}G=7\u{2029}H=8",
            ["A": "1", "B": "2", "C": "3", "D": "4", "E": "5", "F": "6", "G": "7", "H": "8"]
        ),
    ])
    func `a file of settings is read as Django's tools read it`(text: String, values: [String: String]) throws {
        #expect(try EnvironmentFile.parse(text) == values)
    }

    @Test(arguments: ["A", "A=\"b", "1A=b", "A='b' c", "= b"])
    func `a line that sets nothing is refused by its number`(line: String) {
        #expect(throws: SettingsError(".env", "is no NAME=value in line 2")) {
            try EnvironmentFile.parse("X=1\n" + line)
        }
        #expect(throws: SettingsError(".env", "is no NAME=value in line 2")) {
            try EnvironmentFile.parse("X=1\r\n" + line)
        }
    }

    @Test(arguments: [[], [0xEF, 0xBB, 0xBF]] as [[UInt8]])
    func `a mark that an editor put before the file belongs to no name`(mark: [UInt8]) async throws {
        try await Self.expectRead(mark + Array(Self.marked.utf8))
    }

    @Test(arguments: [0, 1])
    func `a file in UTF-16 is read by its mark`(low: Int) async throws {
        let units = Array("\u{FEFF}\(Self.marked)".utf16)
        try await Self.expectRead(
            units.flatMap { unit -> [UInt8] in
                let (small, large) = (UInt8(unit & 0xFF), UInt8(unit >> 8))
                return low == 0 ? [small, large] : [large, small]
            })
    }

    private static let marked = "SHOP_NAME=Käse\r\nTRANSFER_DAYS=3\r\n"

    private static func expectRead(_ bytes: [UInt8]) async throws {
        try await withTemporaryFolder { folder in
            let file = folder + "/.env"
            try Data(bytes).write(to: URL(filePath: file))
            #expect(try EnvironmentFile.read(file) == ["SHOP_NAME": "Käse", "TRANSFER_DAYS": "3"])
        }
    }

    @Test func `the command line goes before the file of settings`() async throws {
        try await withTemporaryFolder { folder in
            let file = folder + "/.env"
            try Data("SHOP_NAME=\"From a file\"\nTRANSFER_DAYS=3\n".utf8).write(to: URL(filePath: file))
            let source = try EnvironmentSettings(
                overriding: ["TRANSFER_DAYS": "5"], environmentFile: file)
            #expect(source.text("SHOP_NAME") == "From a file")
            #expect(try source.number("TRANSFER_DAYS", or: 7, in: 1...365) == 5)
            let missing = try EnvironmentSettings(environmentFile: folder + "/none")
            #expect(missing.text("SHOP_NAME") == nil)
        }
    }
}
