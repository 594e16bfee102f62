import MySQLDriver
import Primitives

/// The command that opens a database's own shell.
public struct ShellCommand: Sendable, Equatable {
    /// Programs with their arguments; the first that is installed is taken.
    public let candidates: [[String]]
    /// Variables set for the program: a password does not belong on a command line that others can list.
    public let environment: [String: String]

    /// sqlite3's options that leave the write-ahead log to the server, which alone may move it; they say nothing.
    private static let leavingTheLog = [
        ".output /dev/null", ".dbconfig no_ckpt_on_close on", "PRAGMA wal_autocheckpoint = 0;", ".output",
    ].flatMap { ["-cmd", $0] }

    /// Returns the command for the database of `settings`: sqlite3, or mariadb and mysql.
    ///
    /// - Throws: `SettingsError` where the database lives in memory.
    public static func forDatabase(of settings: Settings) throws -> ShellCommand {
        switch settings.storage {
        case .sqliteFile(let path):
            return ShellCommand(candidates: [["sqlite3"] + leavingTheLog + [path]], environment: [:])
        case .memory: throw SettingsError("DB_ENGINE", "is in memory: there is nothing to open")
        case .mysql(let server):
            let arguments = [
                "--host=\(server.host)", "--port=\(server.port)", "--user=\(server.user)", server.database ?? "",
            ]
            return ShellCommand(
                candidates: [["mariadb"] + arguments, ["mysql"] + arguments],
                environment: server.password.isEmpty ? [:] : ["MYSQL_PWD": server.password])
        }
    }
}
