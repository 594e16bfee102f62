import Commerce
import Jobs
import Logging
import Messages
import Outbound
import Pictures
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
    /// Seals the secrets of second factors.
    let factorBox: SecretBox
    /// Seals the tokens of social accounts.
    let socialBox: SecretBox
    /// The key under which short codes are hashed.
    let codeKey: [UInt8]
    let studio: PictureStudio
    let places: GeoDatabase?
    let social: SocialVerifier
    let erasure: ErasureHook
    let onSignIn: SignInHook
    let logger: Logger
    /// Hashes passwords; for demo data as well, which gives many users one hash.
    public let passwords: PasswordHasher
    /// Tells who an access token belongs to.
    public let authenticator: Authenticator
    public let addressBook: AddressBook

    /// What other rooms do when a user is erased, in the same transaction.
    public typealias ErasureHook = @Sendable (ErasedUser, Transaction) throws -> Void

    /// - Throws: an error of Argon2 where there is not even memory for one hash.
    public init(
        _ database: any Database, jobs: JobQueue, secret: SecretKey, configuration: AccountsConfiguration,
        studio: PictureStudio, client: HTTPClient? = nil, places: GeoDatabase? = nil, time: TimeSource = .machine,
        random: RandomSource = .system, logger: Logger = Logger(label: "kontor.accounts"),
        erasure: @escaping ErasureHook = { _, _ in }, onSignIn: @escaping SignInHook
    ) async throws {
        self.database = database
        self.jobs = jobs
        self.configuration = configuration
        self.time = time
        self.random = random
        self.mint = await TokenMint(secret: secret, configuration: configuration, time: time, random: random)
        self.mailSecrets = MailSecrets(secret)
        self.factorBox = SecretBox(secret, purpose: Self.factorPurpose)
        self.socialBox = SecretBox(secret, purpose: "social-tokens")
        self.codeKey = secret.derive("short-codes")
        self.studio = studio
        self.places = places
        self.social = SocialVerifier(configuration.social, client: client, time: time)
        self.erasure = erasure
        self.onSignIn = onSignIn
        self.logger = logger
        self.passwords = try PasswordHasher(threads: configuration.hashingThreads, random: random)
        self.authenticator = Authenticator(database, mint, time: time)
        self.addressBook = AddressBook(database, time: time)
    }

    var loginLimits: LoginLimits { LoginLimits(limits: configuration.limits) }

    /// Where a request comes from, with its place where the installation knows places.
    func client(_ call: APIRequest) -> Client {
        var client = Client(call)
        if let places { client.place = places.place(of: client.address) }
        return client
    }
}
