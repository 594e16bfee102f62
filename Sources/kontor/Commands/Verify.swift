import ArgumentParser
import Inventory
import KontorApp
import SQL

/// Holds the shop's books against each other.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check that the shop's books agree.", subcommands: [Stock.self])

    /// The books of the inventory.
    struct Stock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check stock against its movements, reservations and totals.",
            discussion: "Prints a line for each difference and exits with 1 where there is one.")

        @OptionGroup var data: DataOptions

        func run() async throws {
            let found = try await data.withInstallation { installation in
                try await installation.database.read { try StockAudit.differences($0) }
            }
            for difference in found { print(difference) }
            guard found.isEmpty else { throw ExitCode.failure }
            print("The stock adds up.")
        }
    }
}
