import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing

@testable import Accounts

/// How often passwords, codes and mails may be tried and asked for.
@Suite struct AccountsLimitTests {
    @Test(arguments: Backend.available)
    func `a stranger's guesses shut the owner out only from where the stranger is`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            try await shop.register()
            for _ in 0..<10 { _ = try? await shop.logIn(password: "guess", from: "198.51.100.1") }
            await #expect(throws: AccountsError.throttled(retryAfter: .minutes(15))) {
                try await shop.logIn(from: "198.51.100.1")
            }
            _ = try await shop.logIn()
            // The owner's login gives the stranger no new guesses.
            await #expect(throws: AccountsError.throttled(retryAfter: .minutes(15))) {
                try await shop.logIn(password: "guess", from: "198.51.100.1")
            }
        }
    }

    @Test(arguments: Backend.available, ["ada@example.com", "nobody@example.com"])
    func `guesses from many addresses shut an account after twenty-five`(
        _ backend: Backend, _ email: String
    ) async throws {
        try await withAccounts(backend) { shop in
            try await shop.register()
            for number in 0..<25 {
                await #expect(throws: AccountsError.noActiveAccount) {
                    try await shop.logIn(email, password: "guess", from: "198.51.100.\(number)")
                }
            }
            await #expect(throws: AccountsError.throttled(retryAfter: .minutes(15))) { try await shop.logIn(email) }
            shop.clock.advance(by: .minutes(15))
            _ = try? await shop.logIn()
        }
    }

    @Test(arguments: Backend.available)
    func `a session that is in is not touched by what strangers get wrong`(_ backend: Backend) async throws {
        try await AccountsHarness.with(backend) { shop in
            let ada = try await shop.customer()
            let (totp, _) = try await shop.turnFactorOn(ada)
            // From the owner's own address and from elsewhere.
            for number in 0..<60 {
                _ = try await shop.call(
                    .post, "/api/auth/login/", #"{"email": "ada@example.com", "password": "guess"}"#,
                    from: number < 30 ? "203.0.113.7" : "198.51.100.\(number)")
            }
            #expect(try await shop.logIn().status == 429)
            let renewed = try await shop.call(
                .post, "/api/auth/2fa/regenerate-backup-codes/", #"{"code": "\#(shop.freshCode(of: totp))"}"#,
                token: ada.access)
            #expect(renewed.status == 200, "\(renewed.json)")
            let changed = try await shop.call(
                .post, "/api/auth/change-password/",
                #"{"old_password": "testpass123", "new_password": "another-Pass-9", "code": "\#(shop.freshCode(of: totp))"}"#,
                token: ada.access)
            #expect(changed.status == 200, "\(changed.json)")
        }
    }

    @Test(arguments: Backend.available)
    func `guesses at once from one address over many accounts are answered as often as the address may fail`(
        _ backend: Backend
    ) async throws {
        try await withAccounts(backend) {
            $0.limits.loginFailuresByAddress = 20
        } _: { shop in
            try await shop.register()
            let answered = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        do {
                            _ = try await shop.logIn("nobody\(number)@example.com", password: "guess")
                            return true
                        } catch {
                            return error as? AccountsError == .noActiveAccount
                        }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(answered == 20)
            #expect(try await shop.count("SELECT COUNT(*) FROM login_history") == 20)
        }
    }

    @Test(arguments: Backend.available)
    func `guesses at once at an account that is not there are answered ten times`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            let answered = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<30 {
                    group.addTask {
                        do {
                            _ = try await shop.logIn("nobody@example.com", password: "guess")
                            return true
                        } catch {
                            return error as? AccountsError == .noActiveAccount
                        }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(answered == 10)
        }
    }

    @Test(arguments: Backend.available)
    func `mails asked for at once are five an hour`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            for round in 0..<5 {
                let email = "ada\(round)@example.com"
                let taken = await withTaskGroup(of: Bool.self) { group in
                    for _ in 0..<16 {
                        group.addTask { (try? await shop.service.passwords.forgot(email)) != nil }
                    }
                    return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
                }
                #expect(taken == 5)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `keys that nobody holds any more are cleared away`(_ backend: Backend) async throws {
        try await withAccounts(backend) { shop in
            try await shop.service.passwords.forgot("ada@example.com")
            let now = shop.clock.source.now
            let kept = backend == .sqlite ? 0 : 1
            #expect(try await shop.count("SELECT COUNT(*) FROM key_locks") == kept)
            _ = try await shop.database.write { try KeyLockQueries.purge(before: now, limit: 500, in: $0) }
            #expect(try await shop.count("SELECT COUNT(*) FROM key_locks") == kept)
            _ = try await shop.database.write { try KeyLockQueries.purge(before: now + .hours(1), limit: 500, in: $0) }
            #expect(try await shop.count("SELECT COUNT(*) FROM key_locks") == 0)
        }
    }

    /// A hash that takes about a tenth of a second.
    private static let slow = "bcrypt$$2b$11$abcdefghijklmnopqrstuuFFP0VZg2z5IyfjKcDAt0Dd0lbOvQ.Hu"

    @Test func `slow hashes of one account or one network that wait are few, and ours go on meanwhile`() async throws {
        let hasher = try PasswordHasher(threads: 1, random: .system, cost: .init(memory: 64, passes: 1, lanes: 1))
        let own = try await hasher.hash("testpass123")
        func asker(_ account: String, _ network: String) -> HashAsker {
            HashAsker(account: AccountKey(email: account), network: network)
        }
        let outcomes = await withTaskGroup(of: AccountsError?.self) { group in
            for number in 0..<20 {
                group.addTask {
                    do {
                        // Ten at one account from everywhere, ten at all accounts from one network.
                        let who = number < 10 ? asker("ada", "n\(number)") : asker("user\(number)", "stranger")
                        _ = try await hasher.verify("guess", against: Self.slow, for: who)
                        return nil
                    } catch {
                        return error as? AccountsError
                    }
                }
            }
            group.addTask {
                // Somebody else's own password does not wait behind them.
                _ = try? await hasher.verify("testpass123", against: own, for: asker("bob", "home"))
                return nil
            }
            return await group.reduce(into: [AccountsError?]()) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == .throttled(retryAfter: .seconds(2)) } == 8, "\(outcomes)")
        #expect(AccountsError.throttled(retryAfter: .seconds(2)).retryAfter == .seconds(2))
        #expect(try await hasher.verify("guess", against: Self.slow, for: asker("ada", "stranger")) == .wrong)
    }

    @Test func `a share is given back`() {
        let waiting = WaitingHashes(perAccount: 2, perNetwork: 3)
        let (ada, bob) = (AccountKey(email: "ada"), AccountKey(email: "bob"))
        let asker = HashAsker(account: ada, network: "n")
        #expect(waiting.enter(asker) && waiting.enter(asker) && !waiting.enter(asker))
        #expect(waiting.enter(HashAsker(account: bob, network: "n")))
        #expect(!waiting.hasRoom(for: HashAsker(account: AccountKey(email: "eve"), network: "n")))
        #expect(waiting.hasRoom(for: HashAsker(account: AccountKey(email: "eve"), network: nil)))
        waiting.leave(asker)
        #expect(waiting.enter(asker) && !waiting.enter(asker))
        #expect(waiting.enter(nil))
    }
}
