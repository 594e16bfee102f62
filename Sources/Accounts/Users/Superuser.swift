import Commerce
import Primitives
import SQL
import Web

extension AccountsService {
    /// Makes an administrator with a verified e-mail.
    ///
    /// With `promote` an existing user becomes one instead; the password becomes theirs, and their sessions end.
    ///
    /// - Returns: the administrator's id.
    /// - Throws: `ValidationError` for an e-mail or password that will not do, `AccountsError.emailTaken` where the e-mail
    ///   is somebody's and `promote` is false, `SQLError`.
    @discardableResult
    public func createSuperuser(email: String, password: String, promote: Bool = false) async throws -> UserID {
        guard let address = EmailAddress(email)?.text else {
            throw ValidationError("email", "Enter a valid email address.")
        }
        let problems = PasswordRules.problems(with: password, of: .init(email: address))
        if !problems.isEmpty { throw ValidationError(.members(["password": .messages(problems)])) }
        let hash = try await passwords.hash(password)
        let time = time
        return try await database.write { tx in
            let now = time.now
            if let known = try UserQueries.credentials(address, tx) {
                guard promote else { throw AccountsError.emailTaken }
                try UserQueries.promote(known.id, at: now, tx)
                try UserQueries.setPassword(hash, of: known.id, at: now, tx)
                if !known.isEmailVerified { try dropForeignKeys(of: known.id, tx) }
                try end(known.id, .passwordChanged, tx)
                return known.id
            }
            var user = NewUser(email: address, passwordHash: hash)
            user.role = .admin
            user.isEmailVerified = true
            do {
                return try UserQueries.insert(user, at: now, tx)
            } catch let error as SQLError where error.kind == .unique {
                throw AccountsError.emailTaken
            }
        }
    }

    /// Writes a user as given, without mail or session: for demo data, which hashes one password for many.
    ///
    /// - Throws: `AccountsError.emailTaken`, `SQLError`.
    @discardableResult
    public func insert(_ user: NewUser, in tx: Transaction) throws -> UserID {
        do {
            return try UserQueries.insert(user, at: time.now, tx)
        } catch let error as SQLError where error.kind == .unique {
            throw AccountsError.emailTaken
        }
    }
}
