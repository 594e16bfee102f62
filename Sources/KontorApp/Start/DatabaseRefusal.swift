import MySQLDriver
import Primitives
import SQL

extension Settings {
    /// Returns the error of a database that cannot be used as one of the setting that leads to it, with a way out; any
    /// other error as it is.
    public func naming(_ error: any Error) -> any Error {
        guard let error = error as? SQLError else { return error }
        let refusal: SettingsError? =
            switch storage {
            case .memory: nil
            case .sqliteFile(let path): DatabaseRefusal.file(error, path, ShopPlace(self))
            case .mysql(let server): DatabaseRefusal.server(error, server, ShopPlace(self))
            }
        if let refusal { return refusal }
        return error
    }
}

/// What an operator reads of a database that cannot be used.
enum DatabaseRefusal {
    /// SQLite's code for a file that is something else.
    private static let notADatabase = 26

    /// Returns the refusal of a SQLite file; nil where the error is about something else.
    static func file(_ error: SQLError, _ path: String, _ place: ShopPlace) -> SettingsError? {
        let file = ShopPlace.absolute(path)
        if error.code & 0xFF == notADatabase {
            return SettingsError(place.fileSetting, "leads to \(file), which is no SQLite database")
        }
        switch error.kind {
        case .unavailable:
            return SettingsError(place.fileSetting, "leads to \(file), which cannot be opened: \(error.message)")
        case .lockTimeout where error.code == 0:
            return SettingsError(
                place.fileSetting, "leads to \(file), which another process serves or changes: a file has one server")
        case .unique, .foreignKey, .check, .notNull, .outOfRange, .conflict, .lockTimeout, .diskFull, .decoding,
            .interrupted, .other:
            return nil
        }
    }

    /// Returns the refusal of a MySQL or MariaDB server; nil where the error is about something else.
    static func server(_ error: SQLError, _ server: MySQLConfiguration, _ place: ShopPlace) -> SettingsError? {
        guard error.kind == .unavailable else { return nil }
        let (address, name) = ("\(server.host):\(server.port)", server.database ?? "")
        switch error.code {
        case 1_049:
            return SettingsError(
                place.serverSetting("DB_NAME"),
                """
                names the database \(name), which the server at \(address) does not have. Make it there: CREATE DATABASE \
                \(quoted(name)) CHARACTER SET utf8mb4
                """)
        case 1_044:
            return SettingsError(
                place.serverSetting("DB_USER"),
                """
                names \(server.user), who may not use the database \(name). Allow it on the server at \(address): GRANT ALL \
                PRIVILEGES ON \(quoted(name)).* TO '\(server.user)'@'…'
                """)
        case 1_045, 1_698:
            return SettingsError(
                place.serverSetting("DB_USER"),
                "names \(server.user), whom the server at \(address) does not let in with this password (DB_PASSWORD)")
        case 2_059, 2_061:
            return SettingsError(
                place.serverSetting("DB_USER"),
                """
                logs in by a plugin of the client library that is missing (Debian's package libmariadb3 has it): \
                \(error.message)
                """)
        default:
            return SettingsError(
                place.serverSetting("DB_HOST"),
                "leads to \(address), where no MySQL or MariaDB can be reached: \(error.message)")
        }
    }

    private static func quoted(_ name: String) -> String { "`" + name + "`" }
}
