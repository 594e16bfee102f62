import AppHarness
import Commerce
import HTTPTypes
import Messages
import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import Accounts

@Suite struct AccountsProfileTests {
    @Test(arguments: Backend.available)
    func `a change touches what it names and moves the version`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let before = try await shop.register { $0.phoneNumber = "+493012345" }.account
            var changes = ProfileChanges()
            changes.lastName = "King"
            changes.dateOfBirth = .some(CivilDate(year: 1815, month: 12, day: 10))
            changes.gender = .female
            await #expect(throws: ValidationError.self) { try await shop.update(before.user.id, changes) }
            changes.dateOfBirth = .some(CivilDate(year: 1985, month: 12, day: 10))
            changes.settings.showEmail = true
            changes.settings.preferredLanguage = "de"
            let after = try await shop.update(before.user.id, changes)
            #expect(after.user.lastName == "King" && after.user.firstName == "Ada")
            #expect(after.user.dateOfBirth == CivilDate(year: 1985, month: 12, day: 10))
            #expect(after.user.phoneNumber == "+493012345")
            #expect(after.profile.showEmail && !after.profile.showPhone && after.profile.preferredLanguage == "de")
            #expect(after.user.version == before.user.version + 1)

            var clearing = ProfileChanges()
            clearing.dateOfBirth = .some(nil)
            #expect(try await shop.update(before.user.id, clearing).user.dateOfBirth == nil)
        }
    }

    @Test(arguments: Backend.available)
    func `nothing of a profile is written for a session that was ended meanwhile`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let user = try await shop.register().account.user
            let caller = try await shop.identity(of: user.id)
            _ = try await shop.database.write {
                try SessionQueries.end(caller.sessionID, .logout, at: shop.clock.source.now, $0)
            }
            var changes = ProfileChanges()
            changes.lastName = "King"
            await #expect(throws: AuthenticationError.tokenNotValid) { try await shop.update(user.id, changes) }
            for picture in [UserPicture.avatar, .cover] {
                for key in ["avatars/aa/bb/c.webp", nil] {
                    await #expect(throws: AuthenticationError.tokenNotValid) {
                        try await shop.service.profiles.setPicture(picture, to: key, of: caller)
                    }
                }
            }
            let after = try await shop.service.profiles.account(user.id)
            #expect(after.user.version == user.version && after.user.lastName == user.lastName)
            #expect(after.user.profileImage.isEmpty)
        }
    }

    @Test(arguments: Backend.available)
    func `a new e-mail needs the password and is unverified`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let id = try await shop.register().account.user.id
            try await shop.service.emailVerification.verify(try #require(try await shop.verificationToken()))
            var changes = ProfileChanges()
            changes.email = "ada@example.org"
            var error = await #expect(throws: ValidationError.self) { try await shop.update(id, changes) }
            #expect(messages(of: error).keys.contains("password"))
            changes.password = "wrong"
            error = await #expect(throws: ValidationError.self) { try await shop.update(id, changes) }
            #expect(messages(of: error).keys.contains("password"))
            #expect(try await shop.service.profiles.account(id).user.email == "ada@example.com")

            changes.password = "testpass123"
            let after = try await shop.update(id, changes)
            #expect(after.user.email == "ada@example.org" && !after.user.isEmailVerified)
            #expect(try await shop.mails().last?.recipient == "ada@example.org")
            _ = try await shop.logIn("ada@example.org")
        }
    }

    @Test(arguments: Backend.available)
    func `a new e-mail is told to the old address`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let id = try await shop.register().account.user.id
            var changes = ProfileChanges()
            changes.email = "ada@example.org"
            changes.password = "testpass123"
            _ = try await shop.update(id, changes)
            let notice = try #require(try await shop.mails().first { $0.template == "email_changed" })
            #expect(notice.recipient == "ada@example.com")
        }
    }

    @Test(arguments: Backend.available)
    func `others see of a profile what its owner shows, and nothing of a private one`(
        _ backend: Backend
    ) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let id = String(ada.id)
            let change = { (fields: String) in
                let answer = try await shop.call(.patch, "/api/auth/profile/", "{\(fields)}", token: ada.access)
                #expect(answer.status == 200, "\(answer.json)")
            }
            let seen = { (who: String) in try await shop.call(.get, "/api/profiles/\(who)/") }
            try await change(#""username": "Ada.L", "bio": "Analyst", "phone_number": "+493012345""#)
            for who in [id, "ada.l", "nobody", "99999", "-1"] {
                let answer = try await seen(who)
                #expect(answer.status == 404 && answer["detail"] == .string("Not found."), "\(who): \(answer.json)")
            }
            try await change(#""profile": {"profile_visibility": "public", "website_url": "https://ada.example.com"}"#)
            let shown = try await seen("ADA.L")
            #expect(try await seen(id).json == shown.json && shown["username"] == .string("Ada.L"))
            #expect(shown["bio"] == .string("Analyst") && shown["website_url"] == .string("https://ada.example.com"))
            #expect(shown["email"] == .null && shown["phone_number"] == .null)
            for hidden in [
                "date_of_birth", "gender", "last_login", "permissions", "role", "preferred_language", "version",
            ] {
                #expect(shown[hidden] == nil, "\(hidden)")
            }
            // What is shown has to be the owner's, shown to be theirs.
            try await change(#""profile": {"show_email": true, "show_phone": true}"#)
            let unproven = try await seen(id)
            #expect(unproven["email"] == .null && unproven["phone_number"] == .null)
            let verify = { (value: Int) in
                _ = try await shop.database.write {
                    try $0.execute("UPDATE users SET is_email_verified = \(value), is_phone_verified = \(value)")
                }
            }
            try await verify(1)
            let proven = try await seen(id)
            #expect(proven["email"] == .string("ada@example.com") && proven["phone_number"] == .string("+493012345"))
            for column in ["is_active = 0", "is_active = 1, is_suspended = 1"] as [Query] {
                _ = try await shop.database.write { try $0.execute("UPDATE users SET \(column)") }
                #expect(try await seen(id).status == 404)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `the same e-mail needs no password and stays verified`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let id = try await shop.register().account.user.id
            try await shop.service.emailVerification.verify(try #require(try await shop.verificationToken()))
            var changes = ProfileChanges()
            changes.email = "ada@example.com"
            changes.bio = "Analyst"
            let after = try await shop.update(id, changes)
            #expect(after.user.isEmailVerified && after.user.bio == "Analyst")
        }
    }

    @Test(arguments: Backend.available)
    func `an e-mail or username that is somebody's is refused`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            try await shop.register("bob@example.com") { $0.username = "bob" }
            let id = try await shop.register().account.user.id
            var email = ProfileChanges()
            email.email = "bob@example.com"
            email.password = "testpass123"
            await #expect(throws: AccountsCore.takenEmail) { try await shop.update(id, email) }
            var name = ProfileChanges()
            name.username = "BOB"
            name.bio = "not kept"
            await #expect(throws: AccountsCore.takenUsername) { try await shop.update(id, name) }
            #expect(try await shop.service.profiles.account(id).user.bio.isEmpty)
            name.username = "ada"
            #expect(try await shop.update(id, name).user.username == "ada")
        }
    }

    @Test(arguments: Backend.available)
    func `guessing the password through the profile is limited like a login`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let id = try await shop.register().account.user.id
            var changes = ProfileChanges()
            changes.email = "ada@example.org"
            changes.password = "wrong"
            for _ in 0..<10 { await #expect(throws: ValidationError.self) { try await shop.update(id, changes) } }
            await #expect(throws: AccountsError.throttled(retryAfter: .minutes(15))) {
                try await shop.update(id, changes)
            }
            await #expect(throws: AccountsError.throttled(retryAfter: .minutes(15))) { try await shop.logIn() }
        }
    }

    @Test(arguments: Backend.available)
    func `a change on top of another's is refused where the version is checked`(_ backend: Backend) async throws {
        struct Outdated: Error {}
        try await withAccounts(backend) { shop in
            let user = try await shop.register().account.user
            var changes = ProfileChanges()
            changes.bio = "first"
            _ = try await shop.update(user.id, changes)
            await #expect(throws: Outdated.self) {
                try await shop.service.profiles.update(
                    shop.identity(of: user.id), changes, from: AccountsFixture.client
                ) {
                    if $0 != user.version { throw Outdated() }
                }
            }
        }
    }

    @Test(arguments: [
        ("+49 30 1234567", "+49301234567"), ("(030) 123-4567", "0301234567"), ("+1.202.555.0100", "+12025550100"),
    ])
    func `a phone number is kept without its dress`(_ text: String, _ kept: String) {
        #expect(PhoneNumber(text)?.text == kept)
    }

    @Test(arguments: ["", "12345", "+0123456789", "call me", "+49 30 12345678901234", "１２３４５６７８", "+", "12+3456789"])
    func `what is no phone number is refused`(_ text: String) {
        #expect(PhoneNumber(text) == nil)
    }

    @Test(arguments: [
        ("https://example.com/a?b#c", true), ("HTTP://example.com", true), ("ftp://example.com", false),
        ("javascript:alert(1)", false), ("https://", false), ("https://exa mple.com", false),
        ("https://user@example.com", false), ("https:///example.com", false),
        ("https://example.com\u{301}@x", false), ("https://example.com/\"><script>", false),
    ])
    func `a web address is one of http or https`(_ text: String, _ accepted: Bool) {
        #expect(WebAddress.isWhole(text) == accepted)
    }
}

extension AccountsFixture {
    func update(_ id: UserID, _ changes: ProfileChanges) async throws -> Account {
        try await service.profiles.update(identity(of: id), changes, from: Self.client)
    }
}
