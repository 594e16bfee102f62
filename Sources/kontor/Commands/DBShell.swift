import ArgumentParser
import KontorApp

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Opens the database's own shell.
struct DBShell: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dbshell", abstract: "Open the database's own shell (sqlite3, mariadb or mysql).")

    @OptionGroup var data: DataOptions

    func run() async throws {
        let settings = try await data.settings()
        if let absence = ShopPlace(settings).absence { throw absence }
        let shell = try ShellCommand.forDatabase(of: settings)
        for (name, value) in shell.environment { setenv(name, value, 1) }
        for arguments in shell.candidates {
            var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
            execvp(arguments[0], &words)
            for word in words { free(word) }
        }
        throw CommandFailure("None of \(shell.candidates.map { $0[0] }.joined(separator: ", ")) is installed.")
    }
}
