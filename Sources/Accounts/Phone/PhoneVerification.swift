import Commerce
import Jobs
import Messages
import Primitives
import SQL
import Web

/// Telephone numbers and the codes that prove them.
struct PhoneVerification: Sendable {
    /// The wrong answers after which a code is spent.
    private static let maxTries = 5
    static let badCode = ValidationError("code", "The code is not correct, or has expired.")

    let core: AccountsCore

    /// Sends six digits to a number, in place of those that are under way. Counted by the account and by the number, so
    /// that nobody's telephone is made to ring by many accounts.
    ///
    /// - Throws: `AccountsError.throttled`, `SQLError`.
    func sendCode(to number: PhoneNumber, for caller: Identity) async throws {
        let digits = String(1_000_000 + core.random.number(below: 1_000_000)).dropFirst()
        let (code, text) = (String(digits), number.text)
        try await core.write(as: caller) { tx in
            guard let known = try UserQueries.lockCredentials(caller.userID, tx) else { throw NotFound() }
            try core.countRequest(.phoneCode, AccountKey(email: known.email), tx)
            try core.countRequest(.phoneNumber, AccountKey(email: text), tx)
            let now = core.time.now
            try PhoneQueries.put(
                hash(code, text, known.id), to: text, of: known.id, until: now + core.configuration.phoneCodeLifetime,
                at: now, tx)
            try core.jobs.enqueue(
                try SMSJob(
                    to: text, userID: known.id, secretText: "\(core.configuration.shopName): your code is \(code).",
                    sealedBy: core.mailSecrets), in: tx)
        }
    }

    /// Takes the digits: the number is the account's, and verified.
    ///
    /// - Throws: `ValidationError` on `code`, `SQLError`.
    func verify(_ code: String, for caller: Identity, from client: RequestOrigin) async throws -> Account {
        let account = try await core.write(as: caller) { tx -> Account? in
            guard try UserQueries.lockCredentials(caller.userID, tx) != nil,
                let sent = try PhoneQueries.find(caller.userID, tx), sent.expiresAt > core.time.now,
                sent.tries < Self.maxTries
            else { return nil }
            let given = hash(code, sent.number, caller.userID)
            guard Digest.equal(Array(given.utf8), Array(sent.hash.utf8)) else {
                try PhoneQueries.countTry(caller.userID, tx)
                return nil
            }
            try PhoneQueries.delete(caller.userID, tx)
            try PhoneQueries.setNumber(sent.number, isVerified: true, of: caller.userID, at: core.time.now, tx)
            try core.recordEvent(.phoneVerified, of: caller.userID, from: client, tx)
            return try UserQueries.account(caller.userID, tx)
        }
        guard let account else { throw Self.badCode }
        return account
    }

    /// Changes the number, which is then not verified.
    ///
    /// - Throws: `SQLError`.
    func change(to number: PhoneNumber, for caller: Identity, from client: RequestOrigin) async throws -> Account {
        try await core.write(as: caller) { tx in
            guard try UserQueries.lockCredentials(caller.userID, tx) != nil,
                let old = try UserQueries.account(caller.userID, tx)
            else { throw NotFound() }
            if old.user.phoneNumber == number.text { return old }
            try PhoneQueries.delete(caller.userID, tx)
            try PhoneQueries.setNumber(number.text, isVerified: false, of: caller.userID, at: core.time.now, tx)
            try core.recordEvent(.phoneChanged, of: caller.userID, from: client, tx)
            guard let account = try UserQueries.account(caller.userID, tx) else { throw NotFound() }
            return account
        }
    }

    /// Hashes a code with the installation's key: six digits are soon tried through, and without the key the hash gives
    /// them away to nobody.
    private func hash(_ code: String, _ number: String, _ user: UserID) -> String {
        Hex.encode(Digest.hmac(Array("\(user):\(number):\(code)".utf8), key: core.codeKey))
    }
}
