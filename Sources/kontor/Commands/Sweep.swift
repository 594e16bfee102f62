import ArgumentParser
import KontorApp
import Logging
import Pictures

/// Looks for files that nothing names any more.
struct Sweep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take files that nothing in the database names into media/trash.",
        discussion: """
            A server does so every night. Files lie in media/trash for thirty days; who wants them back moves them to where \
            their paths say. A folder of which more than a tenth is nameless is left alone: it is then more likely the wrong \
            database. Exits with 1 where one was.
            """)

    @OptionGroup var data: DataOptions

    @Flag(help: "Sweep also where more than a tenth of a folder is nameless.")
    var evenMany = false

    func run() async throws {
        let complaints = try await data.withInstallation { [evenMany] installation in
            let shop = try await Shop(installation)
            try await shop.identify()
            return try await shop.sweep.run(evenMany: evenMany, Logger(label: "kontor"))
        }
        for complaint in complaints { print(complaint) }
        if !complaints.isEmpty { throw ExitCode.failure }
    }
}
