import ArgumentParser
import KontorApp
import Primitives

/// The command line: a whole shop backend in one binary.
@main
struct Kontor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kontor", abstract: "A whole shop backend in one binary.",
        discussion: "Settings come from the environment and a .env file; see README.md.", version: Release.version,
        subcommands: [
            Serve.self, Migrate.self, CreateSuperuser.self, Check.self, Verify.self, DBShell.self, Import.self,
            Export.self,
            Seed.self, Sweep.self, JobsCommand.self, OpenAPI.self, Routes.self, Version.self,
        ])

    static func main() async {
        Heap.returnLargeBlocks()
        await main(nil)
    }
}

/// Prints the version.
struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the version.")

    func run() {
        print("kontor \(Release.version)")
    }
}
