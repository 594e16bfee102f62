import Commerce
import Jobs
import Logging
import Messages
import Modules
import Outbound
import Pictures
import Primitives
import SQL
import Web

/// Users, how they prove who they are, and where they live: a struct for each subject, over one core.
///
/// Other rooms see of them what `AccountsModule` names, so that they are not built again when another changes.
struct AccountsService: Sendable {
    let core: AccountsCore
    let sessions: Sessions
    let signIn: SignIn
    let registration: Registration
    let emailVerification: EmailVerification
    let passwords: PasswordChanges
    let twoFactor: TwoFactorSetup
    let phone: PhoneVerification
    let social: SocialLogin
    let profiles: Profiles
    let activity: AccountActivity
    let lifecycle: AccountLifecycle
    let users: UserAdmin
    let presence: Presence
    /// The mails that accounts send of their own accord or on request.
    let mail: AccountMail
    /// Archives of all that the shop knows of a user.
    let exports: DataExports
    /// Administrators and users that nobody registers.
    let superusers: Superusers
    /// Users' addresses.
    let addressBook: AddressBook
    /// Tells who an access token belongs to.
    var authenticator: Authenticator { core.authenticator }
    /// Hashes passwords; for demo data as well, which gives many users one hash.
    var hasher: PasswordHasher { core.hasher }

    /// Makes the accounts of a shop.
    ///
    /// - Throws: an error of Argon2 where there is not even memory for one hash.
    init(
        _ database: any Database, jobs: JobQueue, secret: SecretKey, configuration: AccountsConfiguration,
        studio: PictureStudio, client: HTTPClient? = nil, places: GeoDatabase? = nil, time: TimeSource = .machine,
        random: RandomSource = .system, logger: Logger = Logger(label: "kontor.accounts"),
        events: EventPublisher = .silent, address: @escaping @Sendable () -> String = { "" },
        erasure: @escaping ErasureHook = { _, _ in }, onSignIn: @escaping SignInHook
    ) async throws {
        let mint = await TokenMint(secret: secret, configuration: configuration, time: time, random: random)
        core = AccountsCore(
            database: database, jobs: jobs, configuration: configuration, time: time, random: random,
            hasher: try PasswordHasher(threads: configuration.hashingThreads, random: random),
            authenticator: Authenticator(database, mint, time: time), mailSecrets: MailSecrets(secret),
            codeKey: secret.derive("short-codes"), places: places, events: events, address: address)
        let factor = SecondFactor(core: core, box: SecretBox(secret, purpose: SecondFactor.purpose))
        presence = Presence(core: core, factor: factor)
        mail = AccountMail(core: core)
        sessions = Sessions(core: core, mint: mint, onSignIn: onSignIn, logger: logger)
        signIn = SignIn(core: core, sessions: sessions, factor: factor)
        registration = Registration(core: core, sessions: sessions, mail: mail)
        emailVerification = EmailVerification(core: core, mail: mail)
        passwords = PasswordChanges(core: core, presence: presence, factor: factor, mail: mail)
        twoFactor = TwoFactorSetup(core: core, presence: presence, factor: factor)
        phone = PhoneVerification(core: core)
        let accounts = SocialAccounts(core: core, mail: mail)
        social = SocialLogin(
            core: core, signIn: signIn, accounts: accounts, presence: presence,
            verifier: SocialVerifier(configuration.social, client: client, time: time),
            box: SecretBox(secret, purpose: "social-tokens"))
        profiles = Profiles(core: core, presence: presence, factor: factor, mail: mail, studio: studio)
        activity = AccountActivity(core: core)
        lifecycle = AccountLifecycle(core: core, presence: presence, factor: factor, erasure: erasure)
        exports = DataExports(core: core, factor: factor, store: studio.store)
        users = UserAdmin(core: core, mail: mail)
        superusers = Superusers(core: core)
        addressBook = AddressBook(database, time: time)
    }
}
