import MySQLDriver

/// The command that opens a database's own shell.
public struct ShellCommand: Sendable, Equatable {
    /// Programs with their arguments; the first that is installed is taken.
    public let candidates: [[String]]
    /// Set for the program: a password does not belong on a command line that others can list.
    public let environment: [String: String]

    /// - Throws: `SettingsError` where the database lives in memory.
    public static func forDatabase(of settings: Settings) throws -> ShellCommand {
        switch settings.storage {
        case .sqliteFile(let path): return ShellCommand(candidates: [["sqlite3", path]], environment: [:])
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
