import ArgumentParser
import KontorApp
import Primitives

/// The command line: a whole shop backend in one binary.
@main
struct Kontor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kontor", abstract: "A whole shop backend in one binary.",
        discussion: "Settings come from the environment and a .env file; see docs/settings.md.",
        version: Release.version,
        subcommands: [
            Serve.self, Migrate.self, CreateSuperuser.self, ChangePassword.self, Check.self, Verify.self, DBShell.self,
            Import.self, Export.self, Seed.self, Sweep.self, JobsCommand.self, OpenAPI.self, Routes.self, Version.self,
        ])

    static func main() async {
        Heap.returnLargeBlocks()
        var command: any ParsableCommand
        do {
            command = try await asyncParseAsRoot()
        } catch {
            exit(withError: error)
        }
        do {
            if var waiting = command as? any AsyncParsableCommand {
                try await waiting.run()
            } else {
                try command.run()
            }
        } catch {
            end(command, by: error)
        }
    }
}

/// Prints the version.
struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the version.")

    func run() {
        print("kontor \(Release.version)")
    }
}
