import Foundation
import Primitives
import TestSupport
import Testing

@testable import KontorApp

/// What the command line says to who does not know it yet.
@Suite(.timeLimit(.minutes(12)))
struct FirstHourTests {
    @Test(arguments: [
        ["createsuperuser", "--email", "a@example.com", "--password", "correct-horse-9"],
        ["changepassword", "--email", "a@example.com", "--password", "correct-horse-9"], ["dbshell"], ["jobs"],
        ["jobs", "retry"], ["export", "products"], ["import", "products", "-"], ["sweep"], ["verify", "stock"],
        ["verify", "ledger"], ["verify", "reviews"], ["verify", "payouts"], ["verify", "erased", "a@example.com"],
        ["migrate", "--check"],
    ])
    func `a command in a folder without a shop says where it has looked and makes nothing`(words: [String]) async throws
    {
        try await withTemporaryFolder { folder in
            let outcome = try await ShopCommand.run(words, in: folder)
            #expect(outcome.code == 1, "\(outcome.text)")
            #expect(outcome.text.contains("\(folder)/data/kontor.sqlite3"), "\(outcome.text)")
            #expect(outcome.text.contains("DATA_DIR") && outcome.text.contains("kontor serve"), "\(outcome.text)")
            #expect(TemporaryFolder.names(folder) == [])
        }
    }

    @Test func `check looks at the settings where there is no shop, and makes none`() async throws {
        try await withTemporaryFolder { folder in
            let good = try await ShopCommand.run(["check"], in: folder, settings: ["SHOP_ADDRESS": "1 Main Street"])
            #expect(good.code == 0 && good.text.contains("There is no shop yet"), "\(good.text)")
            #expect(good.text.contains("\(folder)/data/kontor.sqlite3"), "\(good.text)")
            let bad = try await ShopCommand.run(
                ["check"], in: folder,
                settings: [
                    "PORT": "80000", "TAX_INCLUSIVE": "both", "ALLOWED_HOSTS": "https://shop.example.com",
                    "SHOP_NAEM": "Mine", "STRIPE_SECRET_KEY": "sk_live_1", "TRANSFER_DAYS": "soon",
                ])
            #expect(bad.code == 1)
            for line in [
                "error: PORT is not a whole number from 0 to 65535", "error: TAX_INCLUSIVE is neither true nor false",
                "error: TRANSFER_DAYS is not", "error: ALLOWED_HOSTS holds https://shop.example.com",
                "warning: SHOP_NAEM is no setting: is SHOP_NAME meant?",
                "warning: STRIPE_SECRET_KEY does nothing without STRIPE_PUBLIC_KEY", "warning: SHOP_ADDRESS is unset",
            ] {
                #expect(bad.text.contains(line), "\(line) is missing in \(bad.text)")
            }
            #expect(TemporaryFolder.names(folder) == [])
        }
    }

    @Test func `check finds what only the making of a shop would refuse`() async throws {
        try await withTemporaryFolder { folder in
            for (name, value) in [
                ("TRUSTED_PROXIES", "10.0.0.0/99"), ("IP_ALLOW", "nowhere"), ("STAFF_IP_ALLOW", "x"),
                ("DATA_DIR", "/dev/null/data"), ("HOST", "192.0.2.1"), ("GEOIP_PATH", "none.mmdb"),
                ("HOST", "no.such.host.invalid"),
            ] {
                let outcome = try await ShopCommand.run(["check"], in: folder, settings: [name: value])
                #expect(outcome.code == 1 && outcome.text.contains("error: \(name) "), "\(name): \(outcome.text)")
            }
        }
    }

    @Test func `what keeps a start from an address, a folder or a database is said with its setting`() async throws {
        try await withTemporaryFolder { folder in
            try Data(repeating: 0x78, count: 4_096).write(to: URL(filePath: folder + "/file"))
            let cases: [(words: [String], settings: [String: String], says: [String])] = [
                (["--port", "80000"], [:], ["--port 80000", "0 to 65535", "Usage: kontor serve"]),
                ([], ["PORT": "80000"], ["PORT is not a whole number"]),
                (["--host", "192.0.2.1", "--port", "0"], [:], ["HOST is 192.0.2.1", "no address of this machine"]),
                (["--host", "no.such.host.invalid", "--port", "0"], [:], ["HOST is no.such.host.invalid"]),
                (["--data", "file"], [:], ["DATA_DIR is file, which is no folder"]),
                (["--data", "file/inside"], [:], ["DATA_DIR is file/inside"]),
                (["--port", "0"], ["DB_NAME": "file/db"], ["DB_NAME leads to \(folder)/file/db"]),
                (["--port", "0"], ["DB_NAME": folder + "/file"], ["DB_NAME leads to \(folder)/file", "no SQLite"]),
            ]
            for (words, settings, says) in cases {
                let outcome = try await ShopCommand.run(["serve"] + words, in: folder, settings: settings)
                #expect(outcome.code != 0, "\(words): \(outcome.text)")
                for text in says { #expect(outcome.text.contains(text), "\(words) \(settings): \(outcome.text)") }
            }
        }
    }

    @Test func `a taken port is told with its number`() async throws {
        try await withTemporaryFolder { folder in
            let first = try await ShopProcess(over: "sqlite:///\(folder)/one.sqlite3", data: folder + "/one")
            let outcome = try await ShopCommand.run(
                ["serve", "--port", "\(first.probe.port)"], in: folder, settings: ["DATA_DIR": "two"])
            #expect(outcome.code == 1)
            #expect(outcome.text.contains("PORT \(first.probe.port) is taken on 127.0.0.1"), "\(outcome.text)")
            #expect(try await first.terminate() == 0)
        }
    }

    @Test(arguments: Backend.available.filter { $0 != .sqlite })
    func `a database that the server does not have, a wrong password and a silent server have words of their own`(
        _ backend: Backend
    ) async throws {
        try await withDatabaseAddress(backend) { address in
            try await withTemporaryFolder { folder in
                let missing = try await ShopCommand.run(
                    ["serve", "--port", "0"], in: folder, settings: ["DATABASE_URL": address + "_none"])
                #expect(missing.code == 1)
                #expect(missing.text.contains("DATABASE_URL names the database"), "\(missing.text)")
                #expect(missing.text.contains("CREATE DATABASE `"), "\(missing.text)")
                let port = try #require(address.firstMatch(of: #/:(\d+)//#)).1
                let stranger = try await ShopCommand.run(
                    ["serve", "--port", "0"], in: folder,
                    settings: [
                        "DB_ENGINE": "mysql", "DB_PORT": String(port), "DB_USER": "nobody", "DB_PASSWORD": "secret-9",
                    ])
                #expect(stranger.code == 1 && stranger.text.contains("DB_USER names nobody"), "\(stranger.text)")
                #expect(!stranger.text.contains("secret-9"))
            }
        }
    }

    @Test func `a misused command shows its own usage`() async throws {
        try await withTemporaryFolder { folder in
            let cases: [(words: [String], usage: String)] = [
                (["import"], "Usage: kontor import"),
                (["verify", "ledger", "--from", "2026-01-01"], "kontor verify ledger"),
                (["serve", "--port", "x"], "Usage: kontor serve"), (["changepassword"], "Usage: kontor changepassword"),
            ]
            for (words, usage) in cases {
                let outcome = try await ShopCommand.run(words, in: folder)
                #expect(outcome.code == 64 && outcome.text.contains(usage), "\(words): \(outcome.text)")
            }
            try await ShopCommand.expectMade(in: folder)
            let unasked = try await ShopCommand.run(["createsuperuser"], in: folder)
            #expect(unasked.code == 64 && unasked.text.contains("--email or KONTOR_SUPERUSER_EMAIL"), "\(unasked.text)")
            #expect(unasked.text.contains("Usage: kontor createsuperuser"), "\(unasked.text)")
        }
    }

    @Test func `a changed password opens the account, and ends its sessions`() async throws {
        try await withTemporaryFolder { folder in
            let (database, data) = ("sqlite:///\(folder)/shop.sqlite3", folder)
            let settings = [
                "KONTOR_SUPERUSER_EMAIL": "owner@example.com", "KONTOR_SUPERUSER_PASSWORD": "correct-horse-9",
            ]
            let shop = try await ShopProcess(over: database, data: data, settings: settings)
            let before = try await shop.login("owner@example.com", "correct-horse-9")
            #expect(before.status == 200, "\(before.text)")
            let profile = "/api/auth/profile/"
            let session = shop.probe.bearing(try #require(before["access"]?.text))
            #expect(try await session.send("GET", profile).status == 200)
            for (email, password, says) in [
                ("nobody@example.com", "battery-staple-8", "email: There is no user"),
                ("owner@example.com", "short", "password: This password is too short"),
            ] {
                let refused = try await ShopCommand.run(
                    ["changepassword", "--email", email, "--password", password], in: folder,
                    settings: ["DATABASE_URL": database, "DATA_DIR": data])
                #expect(refused.code == 1 && refused.text.contains(says), "\(refused.text)")
            }
            try await ShopProcess.run(
                ["changepassword", "--email", "owner@example.com", "--password", "battery-staple-8"], over: database,
                data: data)
            #expect(try await session.send("GET", profile).status == 401)
            #expect(try await shop.login("owner@example.com", "correct-horse-9").status == 401)
            #expect(try await shop.login("owner@example.com", "battery-staple-8").status == 200)
            #expect(try await shop.terminate() == 0)
            // A second start leaves the administrator as they are.
            let again = try await ShopProcess(over: database, data: data, settings: settings)
            #expect(try await again.login("owner@example.com", "battery-staple-8").status == 200)
            #expect(try await again.terminate() == 0)
        }
    }

    @Test func `half of an administrator is refused by the other half's name`() async throws {
        try await withTemporaryFolder { folder in
            let cases: [(settings: [String: String], says: String)] = [
                (["KONTOR_SUPERUSER_EMAIL": "a@example.com"], "KONTOR_SUPERUSER_PASSWORD is needed"),
                (["KONTOR_SUPERUSER_PASSWORD": "correct-horse-9"], "KONTOR_SUPERUSER_EMAIL is needed"),
                (
                    ["KONTOR_SUPERUSER_EMAIL": "a@example.com", "KONTOR_SUPERUSER_PASSWORD": "1234"],
                    "KONTOR_SUPERUSER_PASSWORD cannot be used"
                ),
                (
                    ["KONTOR_SUPERUSER_EMAIL": "a", "KONTOR_SUPERUSER_PASSWORD": "correct-horse-9"],
                    "KONTOR_SUPERUSER_EMAIL cannot be used"
                ),
            ]
            for (settings, says) in cases {
                let outcome = try await ShopCommand.run(["serve", "--port", "0"], in: folder, settings: settings)
                #expect(outcome.code == 1 && outcome.text.contains(says), "\(outcome.text)")
            }
        }
    }
}

extension ShopCommand {
    /// Makes an empty shop in a folder.
    fileprivate static func expectMade(in folder: String) async throws {
        let made = try await run(["migrate"], in: folder)
        try #require(made.code == 0, "\(made.text)")
    }
}

extension ShopProcess {
    fileprivate func login(_ email: String, _ password: String) async throws -> ProbeResponse {
        try await probe.send(
            "POST", "/api/auth/login/", json: ["email": .string(email), "password": .string(password)])
    }
}
