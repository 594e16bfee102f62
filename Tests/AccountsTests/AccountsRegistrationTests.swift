import AppHarness
import Commerce
import Messages
import Primitives
import SQL
import Synchronization
import TestSupport
import Testing
import Web

@testable import Accounts

@Suite struct AccountsRegistrationTests {
    @Test(arguments: Backend.available)
    func `registering makes a customer, a profile, a session and two mails`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let made = try await shop.register { $0.phoneNumber = "+493012345" }
            #expect(made.account.user.email == "ada@example.com")
            #expect(made.account.user.role == .customer)
            #expect(!made.account.user.isEmailVerified)
            #expect(!made.account.profile.showEmail && !made.account.profile.showPhone)
            let tokens = try #require(made.tokens)
            let identity = try await shop.service.authenticator.authenticate(tokens.access)
            #expect(identity.userID == made.account.user.id)
            #expect(try await shop.mails().map(\.template) == ["welcome", "verify_email"])
        }
    }

    @Test(arguments: Backend.available)
    func `an e-mail registers once, whatever its case and however many try at once`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop async throws in
            let outcomes = await withTaskGroup(of: [String: [String]].self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        do {
                            try await shop.register()
                            return [:]
                        } catch {
                            return messages(of: error)
                        }
                    }
                }
                return await group.reduce(into: [[String: [String]]]()) { $0.append($1) }
            }
            #expect(outcomes.count { $0.isEmpty } == 1)
            #expect(outcomes.count { $0 == ["email": ["A user with that email already exists."]] } == 7)
            #expect(try await shop.count("SELECT COUNT(*) FROM users") == 1)
            #expect(try await shop.mails().count == 2)
        }
    }

    @Test(arguments: Backend.available)
    func `everything that is wrong is said at once and nothing is written`(_ backend: Backend) async throws {
        try await withAccounts(backend) {
            $0.deniedEmailDomains = ["trash.example"]
        } _: { shop async throws in
            let error = await #expect(throws: ValidationError.self) {
                try await shop.register("ada@mail.trash.example", password: "12345678")
            }
            let found = messages(of: error)
            #expect(found["email"]?.count == 1)
            #expect(found["password"] == ["This password is entirely numeric."])
            #expect(try await shop.count("SELECT COUNT(*) FROM users") == 0)
            #expect(try await shop.mails().isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `a username belongs to one user in any case`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let first = try await shop.register { $0.username = "Ada.L" }
            #expect(first.account.user.username == "Ada.L")
            let error = await #expect(throws: ValidationError.self) {
                try await shop.register("other@example.com") { $0.username = "ada.l" }
            }
            #expect(messages(of: error).keys.contains("username"))
            #expect(try await shop.count("SELECT COUNT(*) FROM users") == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `the guest's cart is handed over, and a merge that fails costs nobody the account`(
        _ backend: Backend
    ) async throws {
        let seen = Mutex<[String]>([])
        try await withAccounts(backend) { _ in
        } onSignIn: { user, key, tx in
            try tx.execute("UPDATE users SET bio = 'half done' WHERE id = \(user)")
            seen.withLock { $0.append(key.text) }
            throw NotFound()
        } _: { shop in
            let made = try await shop.register(cart: SessionKey("guest-cart-0123456789"))
            #expect(made.tokens != nil)
            #expect(seen.withLock { $0 }.contains("guest-cart-0123456789"))
            #expect(made.account.user.bio.isEmpty)
            #expect(try await shop.logIn(cart: SessionKey("guest-cart-9876543210")).account.user.bio.isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `the mailed token verifies once and is nowhere in clear`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let id = try await shop.register().account.user.id
            let token = try #require(try await shop.verificationToken())
            let mail = try #require(try await shop.mails().last)
            #expect(!String(decoding: try JSONBytes.encode(mail.context), as: UTF8.self).contains(token))
            #expect(
                try await shop.count("SELECT COUNT(*) FROM email_verification_tokens WHERE token_hash = \(token)") == 0)

            await #expect(throws: EmailVerification.badToken) {
                try await shop.service.emailVerification.verify(token + "x")
            }
            try await shop.service.emailVerification.verify(token)
            #expect(try await shop.service.profiles.account(id).user.isEmailVerified)
            await #expect(throws: EmailVerification.badToken) { try await shop.service.emailVerification.verify(token) }
        }
    }

    @Test(arguments: Backend.available)
    func `a verification token ends, and with the e-mail it was sent to`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let id = try await shop.register().account.user.id
            let first = try #require(try await shop.verificationToken())
            shop.clock.advance(by: .days(4))
            await #expect(throws: ValidationError.self) { try await shop.service.emailVerification.verify(first) }

            try await shop.service.emailVerification.resend("ada@example.com")
            let second = try #require(try await shop.verificationToken())
            #expect(second != first)
            var changes = ProfileChanges()
            changes.email = "ada@example.org"
            changes.password = "testpass123"
            _ = try await shop.service.profiles.update(shop.identity(of: id), changes, from: AccountsFixture.client)
            await #expect(throws: ValidationError.self) { try await shop.service.emailVerification.verify(second) }
            try await shop.service.emailVerification.verify(try #require(try await shop.verificationToken()))
            #expect(try await shop.service.profiles.account(id).user.isEmailVerified)
        }
    }

    @Test(arguments: Backend.available)
    func `mail is asked for five times an hour, with an account and without`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            try await shop.register()
            for email in ["ada@example.com", "nobody@example.com"] {
                for _ in 0..<5 {
                    try await shop.service.emailVerification.resend(email)
                    _ = try await shop.mails()
                }
                await #expect(throws: AccountsError.throttled(retryAfter: .hours(1))) {
                    try await shop.service.emailVerification.resend(email)
                }
            }
            #expect(try await shop.mails().count { $0.template == "verify_email" } == 6)
            shop.clock.advance(by: .hours(1))
            try await shop.service.emailVerification.resend("nobody@example.com")
        }
    }

    @Test(arguments: Backend.available)
    func `whoever registers and deletes again and again fills nobody's inbox`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            for _ in 0..<8 {
                let made = try await shop.register()
                let caller = try await shop.service.authenticator.authenticate(try #require(made.tokens?.access))
                try await shop.service.lifecycle.delete(
                    caller, password: "testpass123", code: nil, from: AccountsFixture.client)
            }
            #expect(try await shop.mails().count { $0.template == "verify_email" } == 5)
            #expect(try await shop.mails().count { $0.template == "welcome" } == 5)
        }
    }

    @Test(arguments: Backend.available)
    func `requests at once for one address become one mail`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            try await shop.register()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { try await shop.service.passwords.forgot("ada@example.com") } }
                try await group.waitForAll()
            }
            #expect(try await shop.mails().count { $0.template == "password_reset" } == 1)
            try await shop.service.passwords.forgot("ada@example.com")
            #expect(try await shop.mails().count { $0.template == "password_reset" } == 2)
        }
    }

    /// Time tells what work is done: the same statements in the same order take the same time.
    @Test(arguments: Backend.available)
    func `asking for mail does the same work whether there is an account or not`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            try await shop.register()
            try await shop.register("bob@example.com")
            _ = try await shop.database.write {
                try $0.execute("UPDATE users SET is_suspended = 1 WHERE email LIKE 'bob%'")
            }
            let service = shop.service
            for ask in [service.passwords.forgot, service.emailVerification.resend] {
                var work: [[String]] = []
                for email in ["ada@example.com", "bob@example.com", "nobody@example.com"] {
                    let meter = StatementMeter(isRecording: true)
                    try await StatementMeter.$current.withValue(meter) { try await ask(email) }
                    work.append(meter.queries.map(\.text))
                }
                #expect(work[0].count >= 3 && work[1] == work[0] && work[2] == work[0], "\(work)")
            }
        }
    }

    @Test(arguments: Backend.available)
    func `where verified e-mail is needed there are no tokens before it`(_ backend: Backend) async throws {
        try await withAccounts(backend) {
            $0.requiresVerifiedEmail = true
        } _: { shop in
            #expect(try await shop.register().tokens == nil)
            #expect(try await shop.count("SELECT COUNT(*) FROM user_sessions") == 0)
            await #expect(throws: AccountsError.verifyEmailToLogIn) { try await shop.logIn() }
            await #expect(throws: AccountsError.noActiveAccount) { try await shop.logIn(password: "wrong") }
            try await shop.service.emailVerification.verify(try #require(try await shop.verificationToken()))
            _ = try await shop.logIn()
        }
    }

    @Test(arguments: Backend.available)
    func `a superuser is made once, and promoted only when told`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let id = try await shop.service.superusers.create(email: "Root@Example.com", password: "long-enough-7")
            let root = try await shop.service.profiles.account(id).user
            #expect(root.email == "root@example.com" && root.role == .admin && root.isEmailVerified)
            await #expect(throws: AccountsError.emailTaken) {
                try await shop.service.superusers.create(email: "root@example.com", password: "long-enough-7")
            }
            await #expect(throws: ValidationError.self) {
                try await shop.service.superusers.create(email: "else@example.com", password: "12345678")
            }

            let ada = try await shop.register()
            let promoted = try await shop.service.superusers.create(
                email: "ada@example.com", password: "another-word-9", promote: true)
            #expect(promoted == ada.account.user.id)
            let access = try #require(ada.tokens?.access)
            await #expect(throws: (any Error).self) { try await shop.service.authenticator.authenticate(access) }
            #expect(try await shop.logIn(password: "another-word-9").account.user.role == .admin)
        }
    }

    @Test(arguments: Backend.available)
    func `upkeep deletes what is old and nothing else`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            try await shop.register()
            _ = try await shop.logIn()
            try await shop.service.emailVerification.resend("ada@example.com")
            _ = try await shop.mails()
            func rows() async throws -> [Int] {
                [
                    try await shop.count("SELECT COUNT(*) FROM user_sessions"),
                    try await shop.count("SELECT COUNT(*) FROM login_history"),
                    try await shop.count("SELECT COUNT(*) FROM email_verification_tokens"),
                    try await shop.count("SELECT COUNT(*) FROM mail_requests"),
                ]
            }
            func purge(after days: Int64) async throws -> [Int] {
                let moment = AccountsFixture.start + .days(days) + .seconds(1)
                try await shop.database.write { tx in
                    for table in UpkeepQueries.Table.allCases { try UpkeepQueries.purge(table, at: moment, tx) }
                }
                return try await rows()
            }
            #expect(try await purge(after: 0) == [2, 1, 2, 2])
            #expect(try await purge(after: 1) == [2, 1, 2, 0])
            #expect(try await purge(after: 4) == [2, 1, 0, 0])
            #expect(try await purge(after: 44) == [0, 1, 0, 0])
            #expect(try await purge(after: 180) == [0, 0, 0, 0])
            #expect(try await shop.count("SELECT COUNT(*) FROM users") == 1)
        }
    }
}
