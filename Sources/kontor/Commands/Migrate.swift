import ArgumentParser
import KontorApp
import SQL
import SQLiteDriver

/// Applies pending migrations.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database to this program's schema.",
        discussion: "May be killed and run again. Refuses a database that a newer program has migrated.")

    @OptionGroup var data: DataOptions

    @Flag(help: "Only print what is pending; exit 1 where anything is.")
    var check = false

    func run() async throws {
        try await data.withInstallation(checkpoints: check ? .never : .whereFree, makesShop: !check, needsSchema: false)
        {
            installation in
            if check {
                let pending = try await installation.migrator.pending()
                print(pending.isEmpty ? "Nothing is pending." : "Pending: \(pending)")
                if !pending.isEmpty { throw ExitCode(1) }
                return
            }
            let progress = TerminalProgress()
            let interruption = Interruption {
                "\(progress.ending) Run the command again: it goes on where this one was."
            }
            defer {
                interruption.end()
                progress.end()
            }
            let applied = try await installation.migrate { progress.tell("migrations", $0, of: $1) }
            progress.end()
            print(applied.isEmpty ? "Nothing to do." : "Applied \(applied).")
        }
    }
}
