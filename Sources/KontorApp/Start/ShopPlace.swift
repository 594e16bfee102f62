import LiveSettings
import MySQLDriver
import Primitives
import SystemPackage

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The place of a shop: its database and its data folder, in words for who looks for it.
public struct ShopPlace: Sendable {
    private let settings: Settings

    /// Describes where the shop of `settings` lies, or would lie.
    public init(_ settings: Settings) {
        self.settings = settings
    }

    /// The database in a few words, without a password: `SQLite, /srv/shop/data/kontor.sqlite3`.
    public var database: String {
        switch settings.storage {
        case .sqliteFile(let path): "SQLite, \(Self.absolute(path))"
        case .mysql(let server): "MySQL or MariaDB, \(server.description)"
        case .memory: "in memory: nothing is left behind"
        }
    }

    /// The whole path of the data folder.
    public var folder: String { Self.absolute(settings.dataDirectory) }

    /// Whether mail leaves the shop; otherwise it stays in the built-in mailbox.
    public var hasMailServer: Bool { settings.source.text("EMAIL_HOST") != nil }

    /// What a command that makes nothing misses here; nil where a shop lies here.
    public var absence: SettingsError? {
        switch settings.storage {
        case .memory: return nil
        case .sqliteFile(let path) where !Self.exists(path):
            return missing(fileSetting, Self.absolute(path))
        case .sqliteFile, .mysql:
            let secret = settings.dataDirectory + "/secret_key"
            guard settings.secretKey == nil, !Self.exists(secret) else { return nil }
            return missing("DATA_DIR", Self.absolute(secret))
        }
    }

    /// The name of the setting that leads to the SQLite file.
    var fileSetting: String {
        ["DATABASE_URL", "DB_NAME"].first { settings.source.environment.text($0) != nil } ?? "DATA_DIR"
    }

    /// Returns the name of the setting that holds this part of a MySQL server's address.
    func serverSetting(_ part: String) -> String {
        settings.source.environment.text("DATABASE_URL") == nil ? part : "DATABASE_URL"
    }

    private func missing(_ key: String, _ path: String) -> SettingsError {
        SettingsError(
            key,
            """
            leads to no shop: there is no \(path). Go to the folder that the shop is served from, or name its data folder by \
            --data or DATA_DIR. A new shop is made by `kontor serve`, `kontor migrate` and `kontor seed` alone
            """)
    }

    private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Returns `path` from the root, as the working folder is now.
    static func absolute(_ path: String) -> String {
        guard let here = getcwd(nil, 0) else { return path }
        defer { free(here) }
        return FilePath(String(cString: here)).pushing(FilePath(path)).lexicallyNormalized().string
    }
}
