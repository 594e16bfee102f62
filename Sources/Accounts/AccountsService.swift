import Commerce
import Jobs
import Logging
import Messages
import Primitives
import SQL
import Web

/// Accounts: who people are, how they prove it, and where they live.
public struct AccountsService: Sendable {
    /// Called in the transaction of a login or registration that names a guest's cart. What it throws undoes its own
    /// writes alone and is logged: it never makes a login fail.
    public typealias SignInHook = @Sendable (UserID, SessionKey, Transaction) throws -> Void

    let database: any Database
    let jobs: JobQueue
    let configuration: AccountsConfiguration
    let time: TimeSource
    let random: RandomSource
    let mint: TokenMint
    let mailSecrets: MailSecrets
    let onSignIn: SignInHook
    let logger: Logger
    /// Hashes passwords; for demo data as well, which gives many users one hash.
    public let passwords: PasswordHasher
    /// Tells who an access token belongs to.
    public let authenticator: Authenticator
    public let addressBook: AddressBook

    /// - Throws: an error of Argon2 where there is not even memory for one hash.
    public init(
        _ database: any Database, jobs: JobQueue, secret: SecretKey, configuration: AccountsConfiguration,
        time: TimeSource = .machine, random: RandomSource = .system,
        logger: Logger = Logger(label: "kontor.accounts"), onSignIn: @escaping SignInHook
    ) async throws {
        self.database = database
        self.jobs = jobs
        self.configuration = configuration
        self.time = time
        self.random = random
        self.mint = await TokenMint(secret: secret, configuration: configuration, time: time, random: random)
        self.mailSecrets = MailSecrets(secret)
        self.onSignIn = onSignIn
        self.logger = logger
        self.passwords = try PasswordHasher(threads: configuration.hashingThreads, random: random)
        self.authenticator = Authenticator(database, mint, time: time)
        self.addressBook = AddressBook(database, time: time)
    }

    var loginLimits: LoginLimits { LoginLimits(limits: configuration.limits) }
}
