import Commerce
import Primitives
import SQL
import Web

extension AccountsCore {
    static let takenEmail = ValidationError("email", "A user with that email already exists.")
    static let takenUsername = ValidationError("username", "A user with that username already exists.")
    static let deniedEmail = "Addresses of this domain are not accepted."

    /// Tells whether the domain of `email`, or one above it, may not register.
    func isDenied(_ email: String) -> Bool {
        guard let domain = EmailAddress(email)?.domain, domain != AccountErasureQueries.nowhere else { return true }
        return configuration.deniedEmailDomains.contains { domain == $0 || domain.ends(with: "." + $0) }
    }

    /// Gives `user` the username, or frees the one they had where it is empty.
    ///
    /// - Throws: `ValidationError` where somebody else has it, `SQLError`.
    func claim(_ username: String, for user: UserID, _ tx: Transaction) throws {
        do {
            try UserQueries.setUsername(username, of: user, tx)
        } catch let error as SQLError where error.kind == .unique {
            throw Self.takenUsername
        }
    }

    /// Writes a user as given; of a customer other systems are told.
    ///
    /// - Throws: `refusal` where the e-mail is somebody's, `SQLError`.
    func insert(_ user: NewUser, orThrow refusal: any Error, _ tx: Transaction) throws -> UserID {
        do {
            let id = try UserQueries.insert(user, language: configuration.language, at: time.now, tx)
            if user.role == .customer { try publishCustomer(id, tx) }
            return id
        } catch let error as SQLError where error.kind == .unique {
            throw refusal
        }
    }
}
