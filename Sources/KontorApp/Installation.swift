import Catalog
import Logging
import Media
import MySQLDriver
import Primitives
import SQL
import SQLiteDriver

/// The database, the media store and the secret that the settings name, opened. Every command starts from it.
public struct Installation: Sendable {
    /// The settings that the rest was opened from; those of a shop's own have what staff have saved in them.
    public internal(set) var settings: Settings
    /// Open for as long as the process runs, or until a command closes it.
    public let database: any Database
    /// `DATA_DIR/media`, or memory where the settings keep nothing.
    public let media: any MediaStore
    /// The key that tokens and sealed texts are derived from.
    public let secret: SecretKey
    /// The clock of all rooms; tests move their own.
    public let time: TimeSource
    /// The source of tokens, ids and jitter; tests seed their own.
    public let random: RandomSource
    /// The logger that rooms derive theirs from.
    public let logger: Logger
    /// The way from a change of the settings to the shop that serves by them.
    var turnover = SettingsTurnover()

    /// Opens everything; makes the data folder and the secret where they are missing, unless `makesShop` is false: then a
    /// folder without a shop is refused.
    ///
    /// `checkpoints` says whether this process moves a SQLite file's write-ahead log: a server is to have the file for
    /// itself, a command may run beside it.
    ///
    /// - Throws: `SettingsError`, `SQLError` where the database cannot be opened or another server has it.
    public static func open(
        _ settings: Settings, time: TimeSource = .machine, random: RandomSource = .system,
        logger: Logger = Logger(label: "kontor"), checkpoints: SQLiteConfiguration.Checkpoints = .exclusive,
        makesShop: Bool = true
    ) async throws -> Installation {
        let isThrownAway = if case .memory = settings.storage { true } else { false }
        if !makesShop, let absence = ShopPlace(settings).absence { throw absence }
        if !isThrownAway, makesShop { try DataDirectory.make(settings.dataDirectory) }
        let secret = try secretText(settings, isThrownAway: isThrownAway, random: random)
        let media: any MediaStore =
            isThrownAway
            ? MemoryMediaStore() : DiskMediaStore(root: settings.dataDirectory + "/media", random: random)
        return Installation(
            settings: settings, database: try database(settings, random: random, logger: logger, checkpoints),
            media: media, secret: SecretKey(secret), time: time, random: random, logger: logger)
    }

    /// Waits for the database where it is not up yet, applies pending migrations and fills the index of the search
    /// where it is behind.
    ///
    /// - Returns: the numbers applied.
    /// - Throws: `MigrationError`, `SQLError`.
    @discardableResult
    public func migrate(progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }) async throws -> [Int] {
        try await awaitDatabase()
        let applied = try await migrator.migrate(progress: progress)
        let indexed = try await SearchIndex.rebuild(database)
        if indexed > 0 {
            logger.notice("the search was indexed anew", metadata: ["products": .stringConvertible(indexed)])
        }
        return applied
    }

    /// Waits up to half a minute for a database that has not started yet.
    ///
    /// - Throws: `SQLError` where it does not come, or refuses who knocks.
    public func awaitDatabase() async throws {
        try await DatabaseArrival.wait(migrator)
    }

    /// Refuses a database that is not at this program's schema: a command beside the server does not change it.
    ///
    /// - Throws: `SettingsError` where migrations are pending, `MigrationError`, `SQLError`.
    public func requireSchema() async throws {
        guard try await !migrator.pending().isEmpty else { return }
        let place = ShopPlace(settings)
        let key = if case .mysql = settings.storage { place.serverSetting("DB_NAME") } else { place.fileSetting }
        throw SettingsError(
            key,
            "leads to a database that is not at this program's schema: run `kontor migrate` or `kontor serve` first")
    }

    /// The migrator over this installation's database.
    public var migrator: Migrator { Migrator(database, Rooms.migrations, time: time) }

    private static func secretText(_ settings: Settings, isThrownAway: Bool, random: RandomSource) throws -> String {
        if let secret = settings.secretKey { return secret }
        if isThrownAway { return random.token(byteCount: 48) }
        return try SecretFile.load(settings.dataDirectory + "/secret_key", random: random)
    }

    private static func database(
        _ settings: Settings, random: RandomSource, logger: Logger, _ checkpoints: SQLiteConfiguration.Checkpoints
    ) throws -> any Database {
        var sqlite = SQLiteConfiguration()
        sqlite.checkpoints = checkpoints
        return switch settings.storage {
        case .sqliteFile(let path): try SQLiteDatabase.open(.file(path), configuration: sqlite, logger: logger)
        case .memory: try SQLiteDatabase.open(.ephemeral, logger: logger)
        case .mysql(let configuration): MySQLDatabase(configuration: configuration, random: random, logger: logger)
        }
    }
}
