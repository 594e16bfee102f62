import Commerce
import Jobs
import Messages
import Primitives
import SQL
import Web

/// The base of every part of accounts: the database, jobs, time and randomness, the settings, and who is calling.
struct AccountsCore: Sendable {
    let database: any Database
    let jobs: JobQueue
    let configuration: AccountsConfiguration
    let time: TimeSource
    let random: RandomSource
    let hasher: PasswordHasher
    let authenticator: Authenticator
    let mailSecrets: MailSecrets
    /// The key under which short codes are hashed.
    let codeKey: [UInt8]
    let places: GeoDatabase?
    /// Is told of new customers.
    let events: EventPublisher
    /// Returns what links begin with where no request tells.
    let address: @Sendable () -> String

    var limits: AccountsConfiguration.Limits { configuration.limits }
    var loginLimits: LoginLimits { LoginLimits(limits: limits) }

    /// Returns where a request comes from, with its place where the installation knows places.
    func client(_ call: APIRequest) -> RequestOrigin {
        var client = RequestOrigin(call)
        if let places { client.place = places.place(of: client.address) }
        return client
    }

    /// Runs a transaction in the name of a caller, whose session is locked until its end: nothing is written after a
    /// reset or a report has ended it.
    ///
    /// - Throws: `AuthenticationError.tokenNotValid`, what `body` throws, `SQLError`.
    func write<Value: Sendable>(
        as caller: Identity, _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await database.write { [authenticator] tx in
            try authenticator.confirm(caller, tx)
            return try body(tx)
        }
    }

    /// Reads what a user is recognized by: e-mail, password hash and status.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func credentials(of user: UserID) async throws -> Credentials {
        guard let known = try await database.read({ try UserQueries.credentials(user, $0) }) else { throw NotFound() }
        return known
    }

    /// Locks a user whose password was compared outside of the transaction.
    ///
    /// - Throws: `NotFound`, `SQLError` of kind `.conflict` where password or e-mail have become others since.
    @discardableResult
    func lockUnchanged(_ known: Credentials, _ tx: Transaction) throws -> Credentials {
        guard let current = try UserQueries.lockCredentials(known.id, tx) else { throw NotFound() }
        guard current.passwordHash == known.passwordHash, current.email == known.email else {
            throw SQLError(.conflict, message: "the account was changed by another transaction")
        }
        return current
    }
}
