import Commerce
import Primitives
import SQL
import TestSupport
import Testing

@testable import Accounts

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct AccountsLoginTests {
    @Test(arguments: Backend.available)
    func `a login opens a session and both ends of the story are kept`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            try await shop.register()
            shop.clock.advance(by: .hours(1))
            let session = try await shop.logIn()
            #expect(session.account.user.lastLogin == AccountsFixture.start + .hours(1))
            await #expect(throws: AccountsError.noActiveAccount) { try await shop.logIn(password: "wrong") }
            await #expect(throws: AccountsError.noActiveAccount) { try await shop.logIn("nobody@example.com") }
            let kept = try await shop.database.read { connection in
                try connection.all("SELECT status, failure_reason, user_id IS NULL FROM login_history ORDER BY id") {
                    [try $0(String.self), try $0(), try $0(Bool.self) ? "unknown" : "known"]
                }
            }
            #expect(
                kept == [
                    ["success", "", "known"], ["failed", "no_active_account", "known"],
                    ["failed", "no_active_account", "unknown"],
                ])
        }
    }

    @Test(arguments: Backend.available)
    func `an unknown e-mail takes as long as a wrong password`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            try await shop.register()
            // A busy machine can only make a login slower, so one hash of this thread's own time bounds it from below.
            let hash = Argon2.cost(of: try await shop.service.hasher.hash("warm up"))
            let cost = try #require(hash)
            let once = try (0..<3).map { _ in
                try Self.threadTime { _ = try Argon2.hash("wrong", salt: Array(repeating: 7, count: 16), cost: cost) }
            }
            let least = try #require(once.min()) / 2
            for email in ["ada@example.com", "nobody@example.com", "no e-mail at all"] {
                let taken = await ContinuousClock().measure { _ = try? await shop.logIn(email, password: "wrong") }
                #expect(taken > least)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `suspended and deactivated accounts are named to who knows the password`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let id = try await shop.register().account.user.id
            for (column, expected) in [
                ("UPDATE users SET is_suspended = 1 WHERE id = " as Query, AccountsError.accountSuspended),
                ("UPDATE users SET is_suspended = 0, is_active = 0 WHERE id = ", .accountDeactivated),
            ] {
                try await shop.database.write { _ = try $0.execute(column + "\(id)") }
                await #expect(throws: expected) { try await shop.logIn() }
                await #expect(throws: AccountsError.noActiveAccount) { try await shop.logIn(password: "wrong") }
            }
        }
    }

    @Test(arguments: Backend.available, ["ada@example.com", "nobody@example.com"])
    func `ten failures from one address lock an account there until the oldest is a quarter of an hour old`(
        _ backend: Backend, _ email: String
    ) async throws {
        try await withAccounts(backend) { shop in
            try await shop.register()
            for _ in 0..<10 {
                await #expect(throws: AccountsError.noActiveAccount) { try await shop.logIn(email, password: "wrong") }
                shop.clock.advance(by: .seconds(30))
            }
            await #expect(throws: AccountsError.throttled(retryAfter: .minutes(10))) { try await shop.logIn(email) }
            if email == "ada@example.com" {
                _ = try await shop.logIn(from: "198.51.100.1")
                await #expect(throws: AccountsError.throttled(retryAfter: .minutes(10))) { try await shop.logIn() }
            }
            _ = try? await shop.register("bob@example.com")
            _ = try await shop.logIn("bob@example.com")

            shop.clock.advance(by: .minutes(10))
            if email == "ada@example.com" {
                _ = try await shop.logIn()
                for _ in 0..<9 { _ = try? await shop.logIn(password: "wrong") }
                _ = try await shop.logIn()
            } else {
                await #expect(throws: AccountsError.noActiveAccount) { try await shop.logIn(email) }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `an address is locked after its own number of failures, over all accounts`(_ backend: Backend) async throws {
        try await withAccounts(backend) {
            $0.limits.loginFailuresByAddress = 12
        } _: { shop in
            try await shop.register()
            for index in 0..<12 {
                await #expect(throws: AccountsError.noActiveAccount) {
                    try await shop.logIn("nobody\(index)@example.com", from: "198.51.100.1")
                }
            }
            await #expect(throws: AccountsError.throttled(retryAfter: .minutes(15))) {
                try await shop.logIn(from: "198.51.100.1")
            }
            _ = try await shop.logIn(from: "198.51.100.2")
        }
    }

    @Test(arguments: Backend.available)
    func `guesses made at once are answered no more often than one after the other`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            try await shop.register()
            let outcomes = await withTaskGroup(of: AccountsError?.self) { group in
                for _ in 0..<30 {
                    group.addTask {
                        do {
                            _ = try await shop.logIn(password: "wrong")
                            return nil
                        } catch {
                            return error as? AccountsError
                        }
                    }
                }
                return await group.reduce(into: [AccountsError?]()) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == .noActiveAccount } == 10)
            #expect(outcomes.count { $0 == .throttled(retryAfter: .minutes(15)) } == 20)
        }
    }

    @Test(arguments: Backend.available)
    func `many right logins at once all succeed, even while the hash is made anew`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let id = try await shop.register().account.user.id
            let cheap = try Argon2.hash(
                "testpass123", salt: Array("somesalt".utf8), cost: .init(memory: 1_024, passes: 1, lanes: 1))
            try await shop.database.write { try UserQueries.setPassword(cheap, of: id, at: AccountsFixture.start, $0) }
            let opened = try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<16 { group.addTask { _ = try await shop.logIn() } }
                return try await group.reduce(into: 0) { count, _ in count += 1 }
            }
            #expect(opened == 16)
            let stored = try await shop.database.read { try UserQueries.credentials(id, $0)?.passwordHash }
            #expect(Argon2.cost(of: try #require(stored)) == .standard)
        }
    }

    /// Returns the processor time that `body` takes on the calling thread.
    private static func threadTime(_ body: () throws -> Void) rethrows -> Duration {
        func now() -> Duration {
            var moment = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &moment)
            return .seconds(moment.tv_sec) + .nanoseconds(moment.tv_nsec)
        }
        let start = now()
        try body()
        return now() - start
    }
}
