import Accounts
import Commerce
import Foundation
import Jobs
import Logging
import Messages
import Modules
import Primitives
import SQL
import TestSupport
import Testing

@testable import KontorApp

/// A database that knows whose it is: its currency and its secret key.
@Suite(.timeLimit(.minutes(12)))
struct IdentityTests {
    @Test(arguments: Backend.available)
    func `prices are never called another currency's`(_ backend: Backend) async throws {
        try await withStoredShop(backend) { open in
            try await open([:]) { try await $0.identify() }
            // Without a price the shop may think again.
            try await open(["DEFAULT_CURRENCY": "EUR"]) { try await $0.identify() }
            try await open(["DEFAULT_CURRENCY": "USD"]) { installation in
                try await installation.identify()
                try await LoadData(Shop(installation)).fill(products: 1, users: 1)
            }
            try await open(["DEFAULT_CURRENCY": "JPY"]) { installation in
                let refusal = await #expect(throws: SettingsError.self) { try await installation.identify() }
                #expect(refusal?.key == "DEFAULT_CURRENCY")
                #expect(refusal?.description.contains("Set DEFAULT_CURRENCY=USD to go on") == true)
                #expect(refusal?.description.contains("kontor import") == true)
                let findings = try await DeployCheck.findings(installation)
                #expect(findings.contains { $0.key == "DEFAULT_CURRENCY" && $0.isError })
            }
            try await open([:]) { installation in
                try await installation.identify()
                #expect(try await !DeployCheck.findings(installation).contains { $0.key == "DEFAULT_CURRENCY" })
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a shop of before the currency was kept has its newest order to tell`(_ backend: Backend) async throws {
        try await withStoredShop(backend) { open in
            try await open([:]) { installation in
                try await LoadData(Shop(installation)).fill(products: 3, users: 1)
                try await LoadData(Shop(installation)).addOrders(2, users: 1)
            }
            try await open(["DEFAULT_CURRENCY": "JPY"]) { installation in
                await #expect(throws: SettingsError.self) { try await installation.identify() }
            }
            try await open([:]) { try await $0.identify() }
        }
    }

    @Test(arguments: Backend.available)
    func `another secret key is refused until it is accepted, and then what it cannot open is gone`(
        _ backend: Backend
    ) async throws {
        try await withStoredShop(backend) { open in
            try await open(["SECRET_KEY": Self.key]) { installation in
                try await installation.identify()
                try await Self.addSealedTexts(installation)
            }
            try await open(["SECRET_KEY": Self.otherKey]) { installation in
                let refusal = await #expect(throws: SettingsError.self) { try await installation.identify() }
                #expect(refusal?.key == "SECRET_KEY")
                #expect(refusal?.description.contains("--accept-new-key") == true)
                #expect(refusal?.description.contains("two factors of 1 users") == true)
                #expect(refusal?.description.contains(Self.otherKey) == false)
                #expect(try await DeployCheck.findings(installation).contains { $0.key == "SECRET_KEY" && $0.isError })
                let lost = try await installation.identify(acceptingNewKey: true)
                #expect(lost?.twoFactors == 1 && lost?.socialTokens == 1 && lost?.messages == 1)
                #expect(try await installation.identify() == nil)
                let left: Int? = try await installation.database.read {
                    try $0.value(
                        "SELECT (SELECT COUNT(*) FROM two_factor) + (SELECT COUNT(*) FROM backup_codes)")
                }
                #expect(left == 0)
            }
            try await open(["SECRET_KEY": Self.key]) { installation in
                await #expect(throws: SettingsError.self) { try await installation.identify() }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a shop of before fingerprints refuses a key that does not open what is there`(
        _ backend: Backend
    ) async throws {
        try await withStoredShop(backend) { open in
            try await open(["SECRET_KEY": Self.key]) { try await Self.addSealedTexts($0) }
            try await open(["SECRET_KEY": Self.otherKey]) { installation in
                await #expect(throws: SettingsError.self) { try await installation.identify() }
            }
            try await open(["SECRET_KEY": Self.key]) { installation in
                let lost = try await installation.identify()
                #expect(lost == nil)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a mail whose link does not open becomes a dead job and no mail without a link`(
        _ backend: Backend
    ) async throws {
        try await withStoredShop(backend) { open in
            try await open(["SECRET_KEY": Self.otherKey]) { installation in
                let shop = try await Shop(installation)
                let secrets = MailSecrets(SecretKey(Self.key))
                let sealed = try secrets.seal(["link": .string("https://…")], for: "ada@example.com")
                let mail = MailJob(
                    template: "password_reset", to: "ada@example.com", userID: nil,
                    context: .object([MailSecrets.key: .string(sealed), "first_name": .string("Ada")]))
                _ = try await installation.database.write { try shop.jobs.enqueue(mail, in: $0) }
                try await shop.runner.drain()
                #expect(try await shop.jobs.counts().dead == 1)
                let dead = try await shop.jobs.list(.dead)
                #expect(dead.first?.lastError?.contains("SECRET_KEY") == true)
                let kept: Int? = try await installation.database.read { try $0.value("SELECT COUNT(*) FROM mailbox") }
                #expect(kept == 0)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `serve ends with words where currency or key is another, and goes on where the key is accepted`(
        _ backend: Backend
    ) async throws {
        try await withDatabaseAddress(backend) { database in
            try await withTemporaryFolder { data in
                let settings = ["SECRET_KEY": Self.key]
                try await ShopProcess.run(
                    ["seed", "--products", "1", "--users", "1"], over: database, data: data, settings: settings)
                for change in [["DEFAULT_CURRENCY": "JPY"], ["SECRET_KEY": Self.otherKey]] {
                    await #expect(throws: ChildProcessError.self) {
                        try await ShopProcess(over: database, data: data, settings: settings.merging(change) { $1 })
                    }
                }
                let other = try await ShopProcess(
                    over: database, data: data, settings: ["SECRET_KEY": Self.otherKey], ["--accept-new-key"])
                #expect(try await other.terminate() == 0)
            }
        }
    }

    private static let key = "the key of the first start, long enough"
    private static let otherKey = "another key altogether, and long enough"

    /// Adds a user with two factors, a social account and a mail with a link, all sealed under the installation's key.
    private static func addSealedTexts(_ installation: Installation) async throws {
        let shop = try await Shop(installation)
        try await LoadData(shop).fill(products: 0, users: 1)
        let factor = try SecretBox(installation.secret, purpose: "two-factor").seal("JBSWY3DP", context: "user:1")
        let sealed = try MailSecrets(installation.secret).seal(["token": .string("t")], for: "user1@example.com")
        let mail = MailJob(
            template: "password_reset", to: "user1@example.com", userID: nil,
            context: .object([MailSecrets.key: .string(sealed)]))
        try await installation.database.write { tx in
            try tx.execute("UPDATE users SET id = 1")
            try tx.execute(
                "INSERT INTO two_factor (user_id, is_enabled, secret, created_at) VALUES (1, 1, \(factor), 1)")
            try tx.execute("INSERT INTO backup_codes (user_id, code_hash, created_at) VALUES (1, 'x', 1)")
            try tx.execute(
                """
                INSERT INTO social_accounts (user_id, provider, provider_user_id, access_token, refresh_token,
                profile_data, created_at, updated_at) VALUES (1, 'google', 's', 'sealed', '', '{}', 1, 1)
                """)
            try shop.jobs.enqueue(mail, in: tx)
        }
    }
}

/// Opens an installation over the same stored shop with other settings, migrated.
private typealias Opening =
    @Sendable (
        _ settings: [String: String], _ body: @Sendable (Installation) async throws -> Void
    ) async throws -> Void

/// Runs `body` with what opens one stored shop again and again.
private func withStoredShop(_ backend: Backend, _ body: (Opening) async throws -> Void) async throws {
    try await withDatabaseAddress(backend) { database in
        try await withTemporaryFolder { data in
            try await body { values, work in
                let settings = try Settings(
                    SettingsValues(["DATABASE_URL": database, "DATA_DIR": data].merging(values) { $1 }))
                let installation = try await Installation.open(
                    settings, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
                do {
                    try await installation.migrate()
                    try await work(installation)
                } catch {
                    await installation.database.close()
                    throw error
                }
                await installation.database.close()
            }
        }
    }
}

extension Installation {
    @discardableResult
    fileprivate func identify(acceptingNewKey: Bool = false) async throws -> SealedSecrets? {
        try await Shop(self).identify(acceptingNewKey: acceptingNewKey)
    }
}
