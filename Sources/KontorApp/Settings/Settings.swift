import LiveSettings
import Logging
import Modules
import MySQLDriver
import Primitives
import Web

/// Everything that is set from outside, read once at start and checked together.
public struct Settings: Sendable {
    /// The database that holds the shop's rows.
    public enum Storage: Sendable {
        /// A file at this path, made where it is missing.
        case sqliteFile(String)
        /// A database of a MySQL or MariaDB server, which has to exist.
        case mysql(MySQLConfiguration)
        /// A database in memory: nothing is left behind.
        case memory
    }

    /// The address to listen on (`HOST`), `127.0.0.1` unless set.
    public var host: String
    /// The port to listen on (`PORT`), 8000 unless set; 0 picks a free one.
    public var port: Int
    /// The folder of media, secret and SQLite file (`DATA_DIR`), `./data` unless set.
    public var dataDirectory: String
    /// From `DATABASE_URL`, else from `DB_ENGINE` and its `DB_…` companions.
    public var storage: Storage
    /// The source that rooms read their own settings from: the environment before what staff have saved.
    public let source: SettingsLayers
    /// The settings that several rooms share: name, currency, addresses.
    public let shop: ShopSettings
    /// The settings of the HTTP side, before connections are fitted to the machine.
    public let web: WebSettings
    /// `SECRET_KEY`; nil has one made and kept in the data folder.
    public let secretKey: String?
    /// The lease of a job with an instance that says nothing more (`JOB_LEASE_SECONDS`).
    public let jobLease: TimeSpan
    /// The least severe level that is logged (`LOG_LEVEL`), `info` unless set.
    public let logLevel: Logger.Level
    /// Whether logs are JSON lines rather than text (`LOG_FORMAT`); nil decides by whether the output is a terminal.
    public let logsJSON: Bool?
    /// The findings of the rooms about their settings.
    let findings: [CheckFinding]

    /// Reads the settings of the process and those of the rooms; `fallbacks` count where neither the environment nor staff
    /// have set anything.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public init(_ environment: any SettingsSource, or fallbacks: any SettingsSource = SettingsValues([:])) throws {
        try self.init(layers: SettingsLayers(environment, fallbacks: fallbacks))
    }

    private init(layers source: SettingsLayers) throws {
        self.source = source
        host = source.text("HOST", or: "127.0.0.1")
        port = try source.number("PORT", or: 8000, in: 0...65_535)
        dataDirectory = source.text("DATA_DIR", or: "./data")
        storage = try Self.storage(source, dataDirectory: dataDirectory)
        let shop = try ShopSettings(source)
        self.shop = shop
        web = try WebSettings(source, shop)
        secretKey = source.text("SECRET_KEY")
        jobLease = .seconds(Int64(try source.number("JOB_LEASE_SECONDS", or: 30, in: 1...3_600)))
        logLevel = try Self.level(source)
        logsJSON = try Self.format(source)
        findings = try Rooms.settings.flatMap { try $0.init(source, shop).findings }
    }

    /// Returns these settings with what staff have saved; what the process runs on stays as it is.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    func with(_ saved: SavedSettings) throws -> Settings {
        var settings = try Settings(layers: source.with(saved))
        (settings.host, settings.port) = (host, port)
        (settings.dataDirectory, settings.storage) = (dataDirectory, storage)
        return settings
    }

    /// What the HTTP side is told, with no more connections than the process may open.
    var server: WebSettings {
        var settings = web
        settings.connections = web.connections.within(descriptors: DescriptorLimit.current)
        settings.version = Release.version
        return settings
    }

    /// Returns the usual settings for a shop that leaves nothing behind.
    ///
    /// - Throws: `SettingsError` naming the first value that cannot be used.
    public static func inMemory(_ values: [String: String] = [:]) throws -> Settings {
        var settings = try Settings(SettingsValues(values))
        settings.storage = .memory
        return settings
    }

    private static func storage(_ source: any SettingsSource, dataDirectory: String) throws -> Storage {
        if let url = source.text("DATABASE_URL") { return try storage(url: url) }
        switch source.text("DB_ENGINE", or: "sqlite") {
        case "sqlite", "django.db.backends.sqlite3":
            return .sqliteFile(source.text("DB_NAME", or: dataDirectory + "/kontor.sqlite3"))
        case "mysql", "mariadb", "django.db.backends.mysql":
            return .mysql(
                MySQLConfiguration(
                    host: source.text("DB_HOST", or: "127.0.0.1"),
                    port: try source.number("DB_PORT", or: 3306, in: 1...65_535),
                    user: source.text("DB_USER", or: "root"), password: source.text("DB_PASSWORD", or: ""),
                    database: source.text("DB_NAME", or: "kontor")))
        default: throw SettingsError("DB_ENGINE", "is neither sqlite nor mysql")
        }
    }

    private static func storage(url: String) throws -> Storage {
        if let path = url.after("sqlite:///") { return .sqliteFile(String(path)) }
        guard url.begins(with: "mysql://") || url.begins(with: "mariadb://") else {
            throw SettingsError("DATABASE_URL", "starts with neither sqlite:/// nor mysql://")
        }
        let configuration: MySQLConfiguration
        do {
            configuration = try MySQLConfiguration(url: url)
        } catch {
            throw SettingsError("DATABASE_URL", "cannot be read: \(error)")
        }
        guard configuration.database != nil else { throw SettingsError("DATABASE_URL", "names no database") }
        return .mysql(configuration)
    }

    private static func level(_ source: any SettingsSource) throws -> Logger.Level {
        let name = source.text("LOG_LEVEL", or: "info").lowercased()
        guard let level = Logger.Level(rawValue: name) else {
            throw SettingsError("LOG_LEVEL", "is none of trace, debug, info, notice, warning, error, critical")
        }
        return level
    }

    private static func format(_ source: any SettingsSource) throws -> Bool? {
        switch source.text("LOG_FORMAT") {
        case nil: nil
        case "json": true
        case "text": false
        default: throw SettingsError("LOG_FORMAT", "is neither text nor json")
        }
    }
}

extension ConnectionSettings {
    /// Returns these settings with no more connections than `descriptors` serve beside the database, the pictures and
    /// the jobs.
    func within(descriptors: Int) -> ConnectionSettings {
        var settings = self
        settings.limit = min(limit, max(descriptors - Self.otherDescriptors, 16))
        return settings
    }

    /// Descriptors that are not connections'.
    private static let otherDescriptors = 256
}
