import Commerce
import Jobs
import Messages
import Modules
import Outbound
import Pictures
import Primitives
import SQL
import Web

/// The module of accounts. It is made last: it knows the permissions and the personal data of all others.
public struct AccountsModule: Sendable {
    /// Tells who an access token belongs to.
    public let authenticator: Authenticator
    /// Tells whose session a browser's cookie names.
    public let browserSessions: BrowserSessions
    /// Hashes passwords; for demo data as well, which gives many users one hash.
    public let hasher: PasswordHasher
    /// Administrators and users that nobody registers.
    public let superusers: Superusers
    /// Users' addresses.
    public let addressBook: AddressBook
    /// Archives of all that the shop knows of a user.
    public let exports: DataExports
    /// The endpoints, jobs, mails, media folders, personal data and checks.
    public let module: Module
    private let presence: Presence

    /// Creates the service; `permissions` are those that staff can be given in other rooms, `erasure` is what other rooms
    /// do when a user is erased, `onSignIn` what becomes of a guest's cart; `events` is told of new customers.
    ///
    /// - Throws: `SettingsError`, also on `GEOIP_PATH` where there is no file of places, an error of Argon2 where memory is
    ///   short.
    public init(
        _ context: ModuleContext, studio: PictureStudio, client: HTTPClient, permissions: [Permission],
        events: EventPublisher, erasure: @escaping ErasureHook, onSignIn: @escaping SignInHook
    ) async throws {
        var configuration = try AccountsConfiguration(context.settings, context.shop)
        configuration.permissions = (permissions + Self.ownPermissions).sorted { $0.name < $1.name }
        let accounts = try await AccountsService(
            context.database, jobs: context.jobs, secret: context.secret, configuration: configuration,
            studio: studio, client: client,
            places: try configuration.placesFile.map(Self.places(in:)), time: context.time,
            random: context.random, logger: context.logger, events: events,
            address: { [address = context.address] in address.text }, erasure: erasure, onSignIn: onSignIn)
        authenticator = accounts.authenticator
        browserSessions = BrowserSessions(accounts.authenticator, secret: context.secret)
        hasher = accounts.hasher
        superusers = accounts.superusers
        addressBook = accounts.addressBook
        exports = accounts.exports
        presence = accounts.presence
        var module = Module("Accounts")
        module.endpoints = AccountsRoutes(accounts).groups
        module.jobs = [AccountsUpkeep.handler(jobs: context.jobs, time: context.time), accounts.mail.handler]
        module.cron = [AccountsUpkeep.entry]
        module.mediaFolders = [
            MediaFolder(UserPicture.avatar.folder, owner: UserPicture.avatars(among:_:)),
            MediaFolder(UserPicture.cover.folder, owner: UserPicture.covers(among:_:)),
            MediaFolder(DataExports.folder, isServed: false, owner: DataExports.referenced),
        ]
        module.mailTemplates = Self.mailTemplates
        module.personalData = Self.personalData
        module.checks = [Self.lockedOut]
        module.settings = [AccountsConfiguration.self]
        module.screens = Self.screens
        module.permissions = Self.ownPermissions
        self.module = module
    }

    /// Asks the caller of an endpoint for a fresh factor: a code where two factors are on, otherwise a session that was opened a
    /// short while ago or the password.
    ///
    /// - Throws: `AuthenticationError`, `AccountsError`, `ValidationError` on `code` or `password`, `NotFound`, `SQLError`.
    public func confirmPresence(_ call: APIRequest, password: String?, code: String?) async throws {
        try await presence.confirm(call.caller(), password: password, code: code, from: RequestOrigin(call))
    }

    private static let ownPermissions = [
        Permission(UserAdminRoutes.viewing, "See customers, their addresses and what became of their accounts.")
    ]

    /// Each template by the name that jobs store.
    public static let mailTemplates: [String: MailTemplate] = AccountsTemplates.all

    /// The personal data of accounts: what an account is ends with it, in the room's own transaction; its history goes
    /// in the jobs after it.
    public static var personalData: PersonalData {
        var data = PersonalData()
        data.archive = PersonalDataQueries.archive
        data.archivedFiles = PersonalDataQueries.pictures
        data.erasedFiles = { try PersonalDataQueries.pictures(of: $0, $1) + PersonalDataQueries.archives(of: $0, $1) }
        data.userPaths = [{ user, _ in ["/api/users/\(user)/"] }]
        data.erase = [.rows { user, limit, tx in try AccountErasureQueries.eraseHistory(of: user, limit: limit, tx) }]
        return data
    }

    /// Answers the room that sends mails about their readers.
    public static let mailReaders = MailReaders(find: ReaderQueries.find, setNewsletter: ReaderQueries.setNewsletter)

    private static func places(in path: String) throws -> GeoDatabase {
        do {
            return try GeoDatabase(path: path)
        } catch {
            throw SettingsError("GEOIP_PATH", "is \(path), which is no file of places: \(error.detail)")
        }
    }

    private static let lockedOut: ModuleCheck = { database in
        try await LockedOutUsers.count(in: database).sentences.map {
            CheckFinding("users", $0, isForEveryShop: true)
        }
    }
}
