import Primitives
import Testing

@testable import Accounts

@Suite struct AccountsPasswordTests {
    /// A vector of the reference implementation (phc-winner-argon2, test.c).
    private static let reference =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"

    @Test func `hashes are those of the reference implementation`() throws {
        let cost = Argon2.Cost(memory: 65_536, passes: 2, lanes: 1)
        #expect(try Argon2.hash("password", salt: Array("somesalt".utf8), cost: cost) == Self.reference)
        #expect(try Argon2.verify("password", against: Self.reference))
        #expect(try !Argon2.verify("Password", against: Self.reference))
        #expect(Argon2.cost(of: Self.reference) == cost)
    }

    @Test func `a hash says what it costs, and no two are alike`() async throws {
        let hasher = try PasswordHasher(threads: 1)
        let first = try await hasher.hash("testpass123")
        let second = try await hasher.hash("testpass123")
        #expect(first.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(first != second)
        #expect(try await hasher.verify("testpass123", against: first) == .right)
        #expect(try await hasher.verify("testpass124", against: first) == .wrong)
    }

    @Test func `a password may hold any character and a zero byte ends none`() async throws {
        let hasher = try PasswordHasher(threads: 1)
        let hash = try await hasher.hash("пароль🔑 with\u{0}more")
        #expect(try await hasher.verify("пароль🔑 with\u{0}more", against: hash) == .right)
        #expect(try await hasher.verify("пароль🔑 with", against: hash) == .wrong)
    }

    @Test(arguments: [nil, "", "plain text", "$argon2id$v=19$m=19456,t=2,p=1$broken", "pbkdf2_sha256$1$a$b"])
    func `without a hash of ours every password is wrong`(_ stored: String?) async throws {
        let hasher = try PasswordHasher(threads: 1)
        #expect(try await hasher.verify("", against: stored) == .wrong)
        #expect(try await hasher.verify("testpass123", against: stored) == .wrong)
    }

    @Test func `a cheaper hash is made anew and a dearer one is left`() async throws {
        let cheap = try Argon2.hash(
            "testpass123", salt: Array("somesalt".utf8), cost: .init(memory: 1_024, passes: 1, lanes: 1))
        let hasher = try PasswordHasher(threads: 1)
        guard case .rightNeedingRehash(let better) = try await hasher.verify("testpass123", against: cheap) else {
            Issue.record("no new hash")
            return
        }
        #expect(Argon2.cost(of: better) == .standard)
        #expect(try await hasher.verify("testpass123", against: better) == .right)
        #expect(try await hasher.verify("wrong", against: cheap) == .wrong)
        #expect(try await hasher.verify("password", against: Self.reference) == .right)
    }

    @Test func `many passwords at once are all hashed`() async throws {
        let hasher = try PasswordHasher(threads: 2, random: .system, cost: .init(memory: 64, passes: 1, lanes: 1))
        let hashes = try await withThrowingTaskGroup(of: String.self) { group in
            for index in 0..<100 { group.addTask { try await hasher.hash("password \(index)") } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(hashes.count == 100)
    }

    @Test func `more than can be hashed soon are refused, not kept`() async throws {
        let hasher = try PasswordHasher(threads: 1, random: .system, cost: .init(memory: 2_048, passes: 1, lanes: 1))
        let busy = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<2_000 {
                group.addTask {
                    do {
                        _ = try await hasher.hash("password")
                        return false
                    } catch {
                        return error as? AccountsError == .busy
                    }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(busy > 0)
        #expect(busy < 2_000)
    }

    @Test(arguments: ["testpass123", "correct horse battery", "Xk9!vbq2", "пароль-мой", "anne of green gables"])
    func `a fair password is accepted`(_ password: String) {
        let owner = PasswordRules.Owner(email: "test@example.com", firstName: "Test", lastName: "User")
        #expect(PasswordRules.problems(with: password, of: owner).isEmpty)
    }

    @Test(arguments: [
        ("short1", "too short"), ("", "too short"), ("4815162342", "entirely numeric"), ("password123", "too common"),
        ("QWERTYUIOP", "too common"), ("!QAZ1qaz", "too common"), ("ada.lovelace@example.com", "similar to the email"),
        ("adalovelace1", "similar to the email"), ("Augusta123", "similar to the first name"),
        ("byronbyron", "similar to the last name"), ("AugustaByron9", "similar to the"),
    ])
    func `a poor password is refused with its reason`(_ password: String, _ reason: String) {
        let owner = PasswordRules.Owner(email: "ada.lovelace@example.com", firstName: "Augusta", lastName: "Byron")
        #expect(PasswordRules.problems(with: password, of: owner).contains { $0.contains(reason) })
    }

    @Test(arguments: ["testuser123@example.com", "test1234@example.com", "tester@pass.example", "t@example.com"])
    func `the plan's password is accepted beside names that begin like it`(_ email: String) {
        let owner = PasswordRules.Owner(email: email, firstName: "Test", lastName: "User")
        #expect(PasswordRules.problems(with: "testpass123", of: owner).isEmpty)
    }
}
