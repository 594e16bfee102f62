import AppHarness
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Accounts

/// What Django 5.2.19 with argon2-cffi 25.1 and bcrypt 5.0 writes.
@Suite struct AccountsForeignHashTests {
    static let password = "testpass123"
    static let accents = "Grüße-пароль-7"

    /// By `make_password` with each hasher as it comes, of ``password`` and of ``accents``.
    static let dear = [
        (
            "argon2$argon2id$v=19$m=102400,t=2,p=8$RjVhWUdEdDNFU1pyUnllQWt5elg5Yg$QW553t/F4I/IZkZJKShySSHC7uGz+nC5Ia8BmyrSRRM",
            password
        ),
        (
            "argon2$argon2id$v=19$m=102400,t=2,p=8$dTNQU0paREdQRDI0V2hhS2Jrc2kydQ$conzgdFpXkVKDG00ANdcOcSfVStzE5K6VsZOB9Yl9b0",
            accents
        ),
        ("bcrypt_sha256$$2b$12$.xu5qzgJSUiUF6WjhG7y.OtDfaeSH.QIeNqJxgoH60HaDjGFE0TJm", password),
        ("bcrypt_sha256$$2b$12$I7SLpAL.xOBGDZFyRrkZ9ugJFz6yNjQfWI3ZUMQzK6ZAdmiMRvun2", accents),
        ("bcrypt$$2b$12$BvwZRF911pJ09HOfpbA5oOQTlNLBW0lo2EfqfgLU8Z5yqRuloAp7G", password),
        ("bcrypt$$2b$12$r3YCWislKpjRYEQ94KPp3OKCNni/NYCy.QuKX2BwO7oTEV3QjYPJu", accents),
        (
            "scrypt$16384$gH7fT6NLO75TSIOAGLQoqw$8$5$7Y9E017nd/0iGUzybmdFUMhVGLH1zOc8As89lyxE7DWFCx1tUVBX8lLwVPqjPUwXKgS8GDlLBNkXrGIWefAwqw==",
            password
        ),
    ]

    /// By the same hashers with parameters that tests can wait for, under the salt `abcDEF123456`.
    static let cheap = [
        "pbkdf2_sha1$1000$abcDEF123456$JTWIYYJFoC6YGqylh5nbZxOaA4Y=",
        "argon2$argon2id$v=19$m=1024,t=2,p=8$YWJjREVGMTIzNDU2$0Y89KDjXuAn08vkdk37YXQicxsPOIwtb9wFIEyIRKHo",
        "argon2$argon2i$v=19$m=1024,t=2,p=8$YWJjREVGMTIzNDU2$WOPAUjEBvDkqbVkP7vVFW3XePEMW1BrjOAEVSuh1Mkw",
        "argon2$argon2d$v=19$m=1024,t=2,p=8$YWJjREVGMTIzNDU2$RtiGk2zMQ3bSZ3qhoFClixzAvfcLKOcugNToRvzA/2U",
        "argon2$argon2i$v=16$m=512,t=2,p=2$YWJjREVGMTIzNDU2$tXzpsoFZR/A3FjEbtER66g",
        "argon2$argon2i$m=512,t=2,p=2$YWJjREVGMTIzNDU2$tXzpsoFZR/A3FjEbtER66g",
        "scrypt$1024$abcDEF123456$8$1$7/FTlOusm88G1Xnd8FTBE3Xp3rcmurjHPIL5Np75hlqOzveMlvdBCZvvIfNfQ3CbKQmKZK76dGVG5VP40Bd5Kg==",
        "bcrypt_sha256$$2b$05$abcdefghijklmnopqrstuu7qAqbCIchiA2esd7CzRfWr/AlZWo82O",
        "bcrypt$$2b$05$abcdefghijklmnopqrstuuFFP0VZg2z5IyfjKcDAt0Dd0lbOvQ.Hu",
    ]

    /// The 1,600 bytes of "long" 400 times.
    static let long = [
        "pbkdf2_sha256$1000$abcDEF123456$4qkNMGl1XTkDkXKiBJMRWTUSz69zi+hD49zUFE7qQzw=",
        "bcrypt_sha256$$2b$05$abcdefghijklmnopqrstuuNskEITIrIHBoWthQ.RMi9h5fdA.fqaC",
        "scrypt$1024$abcDEF123456$8$1$MrUmZzIuZbdL+XC1XNKzf2AFDjk30DyqZMVBPwdSrKfHUgIc/NYmgv6OyRlG69CPyIMXFRooBvcaG45TtEx3Gg==",
    ]

    @Test(arguments: dear)
    func `a hash of Django's hashers as they come knows its password`(_ stored: String, _ password: String) throws {
        let hash = try #require(ForeignHash(stored))
        #expect(try hash.matches(password))
        #expect(try !hash.matches(password + "!"))
    }

    @Test(arguments: Backend.available)
    func `a hash of each of Django's hashers logs in and is upgraded`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            _ = try await shop.customer()
            for stored in Self.cheap {
                try await shop.store(stored)
                #expect(try await shop.logIn(password: "testpass124").status == 401, "\(stored)")
                #expect(try await shop.logIn().status == 200, "\(stored)")
                #expect(try await shop.storedHash().hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"), "\(stored)")
                #expect(try await shop.logIn().status == 200, "\(stored)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a password of more than 1,024 bytes logs in`(_ backend: Backend) async throws {
        let password = String(repeating: "long", count: 400)
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            for stored in Self.long {
                try await shop.store(stored)
                #expect(try await shop.logIn(password: password).status == 200, "\(stored)")
            }
            let changed = try await shop.call(
                .post, "/api/auth/change-password/",
                #"{"old_password": "\#(password)", "new_password": "another-Pass-9"}"#, token: ada.access)
            #expect(changed.status == 200, "\(changed.json)")
            let endless = try await shop.logIn(password: String(repeating: "x", count: 4_097))
            #expect(endless.status == 400)
        }
    }

    /// By Django: PBKDF2 with 1,000 rounds of ``accents`` in Form C, and in Form D.
    @Test(arguments: Backend.available)
    func `a password is the same however its accents are typed, and an old form still logs in`(
        _ backend: Backend
    ) async throws {
        let composed = "pbkdf2_sha256$1000$abcDEF123456$4B2HPJd6/nVHkEsk7vQm45tZ303B6ztxMEJqB5z5BOo="
        let decomposed = "pbkdf2_sha256$1000$abcDEF123456$vlS520u9eSww965AwHbELYWwgOoKyoDDzsNJ3iRwAT8="
        let typed = "Gru\u{308}ße-пароль-7"
        #expect(typed.composed.unicodeScalars.elementsEqual(Self.accents.unicodeScalars))
        try await AccountsHarness.with(backend) { shop in
            _ = try await shop.customer()
            for stored in [composed, decomposed] {
                try await shop.store(stored)
                #expect(try await shop.logIn(password: typed).status == 200, "\(stored)")
                #expect(try await shop.logIn(password: Self.accents).status == 200)
                #expect(try await shop.logIn(password: typed).status == 200)
            }
            // Ours, of before passwords were composed.
            let salt = Array("somesalt".utf8)
            try await shop.store(try Argon2.hash(typed, salt: salt, cost: .standard))
            #expect(try await shop.logIn(password: typed).status == 200)
            #expect(try await shop.logIn(password: Self.accents).status == 200)
            #expect(try await shop.logIn(password: "Gruße-пароль-7").status == 401)
        }
    }

    @Test(arguments: [
        "md5$1SWAdH3cpNLE62JjLZTrmo$1a9d49442788e8bcc1b44e05b5b1f507", "!W1Te2HZcLcrcIyirEozhk7CV8G2tmiDubkKa1Agp", "!",
        "argon2$argon2id$v=19$m=4194304,t=2,p=8$YWJjREVGMTIzNDU2$0Y89KDjXuAn08vkdk37YXQicxsPOIwtb9wFIEyIRKHo",
        "argon2$argon2id$v=19$m=102400,t=4000,p=8$YWJjREVGMTIzNDU2$0Y89KDjXuAn08vkdk37YXQicxsPOIwtb9wFIEyIRKHo",
        "argon2$argon2x$v=19$m=1024,t=2,p=8$YWJjREVGMTIzNDU2$0Y89KDjXuAn08vkdk37YXQicxsPOIwtb9wFIEyIRKHo",
        "bcrypt$$2b$31$abcdefghijklmnopqrstuuFFP0VZg2z5IyfjKcDAt0Dd0lbOvQ.Hu", "bcrypt$$2b$05$short",
        "bcrypt$$1$05$abcdefghijklmnopqrstuuFFP0VZg2z5IyfjKcDAt0Dd0lbOvQ.Hu", "bcrypt_sha256$$2b$12",
        "scrypt$1000$a$8$1$aaaa",
        "scrypt$1073741824$abcDEF123456$8$1$MrUmZzIuZbdL+XC1XNKzf2AFDjk30DyqZMVBPwdSrKfHUgIc/NYmgv6OyRlG69CPyIMXFRooBvcaG45TtEx3Gg==",
        "pbkdf2_sha512$1000$a$aaaa", "argon2", "argon2$", "$", "plain",
    ])
    func `what is no hash, or would take a login's thread for minutes, is none`(_ stored: String) async throws {
        #expect(ForeignHash(stored) == nil)
        #expect(!PasswordHasher.isUsable(stored))
        let hasher = try PasswordHasher(threads: 1, random: .system, cost: .init(memory: 64, passes: 1, lanes: 1))
        #expect(try await hasher.verify(Self.password, against: stored) == .wrong)
    }

    @Test func `what a wrong password costs is the same against whatever it is compared with`() throws {
        let met = MetHashes()
        let known = try ["pbkdf2_sha256$1000$a$", "pbkdf2_sha256$5000$a$"].map {
            try #require(ForeignHash($0 + Self.key))
        }
        let bcrypt = try [5, 12].map {
            try #require(
                ForeignHash(
                    "bcrypt$$2b$\($0 < 10 ? "0" : "")\($0)$abcdefghijklmnopqrstuuFFP0VZg2z5IyfjKcDAt0Dd0lbOvQ.Hu"))
        }
        for hash in known + bcrypt { met.record(hash.work) }
        let all = met.rest()
        #expect(Set(all) == [HashWork(.pbkdf2(.sha256), amount: 5_000), HashWork(.bcrypt, amount: 1 << 12)])
        for hash in known + bcrypt {
            let spent = met.rest(after: hash.work) + [hash.work]
            for work in all { #expect(spent.filter { $0.kind == work.kind }.map(\.amount).reduce(0, +) == work.amount) }
        }
    }

    private static let key = "4B2HPJd6/nVHkEsk7vQm45tZ303B6ztxMEJqB5z5BOo="
}

extension AccountsHarness {
    /// Puts a hash of another program in the place of everybody's.
    func store(_ hash: String) async throws {
        _ = try await database.write { try $0.execute("UPDATE users SET password_hash = \(hash)") }
    }

    func storedHash() async throws -> String {
        try await database.read { try $0.value("SELECT password_hash FROM users", as: String.self) ?? "" }
    }
}
