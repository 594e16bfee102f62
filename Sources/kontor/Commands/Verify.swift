import ArgumentParser
import Inventory
import KontorApp
import Privacy
import SQL

/// Holds the shop's books against each other.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check that the shop's books agree.",
        subcommands: [Stock.self, Ledger.self, ReviewCounters.self, Payouts.self, Erased.self])

    /// The books of the inventory.
    struct Stock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check stock against its movements, reservations and totals.",
            discussion: "Prints a line for each difference and exits with 1 where there is one.")

        @OptionGroup var data: DataOptions

        func run() async throws {
            let found = try await data.withInstallation { installation in
                try await installation.database.report { try StockAudit.differences($0) }
            }
            for difference in found { print(difference) }
            guard found.isEmpty else { throw ExitCode.failure }
            print("The stock adds up.")
        }
    }

    /// Whether a person is forgotten.
    struct Erased: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check that nothing in the shop names an e-mail address any more.",
            discussion: """
                Looks through every column that can hold text and every kept file. What the law has kept, orders with an
                invoice, and orders that are under way, which are erased when they are done, are listed and are no failure.
                Exits with 1 where anything else is found.
                """)

        @Argument(help: "The e-mail address of somebody who was erased.")
        var email: String

        @OptionGroup var data: DataOptions

        func run() async throws {
            let audit = try await data.withInstallation { [email] installation in
                try await Shop(installation).erasureAudit(of: email)
            }
            for kept in audit.retained { print("kept by law: \(kept)") }
            for order in audit.underWay { print("kept until it is done: \(order)") }
            for finding in audit.findings { print(finding) }
            guard audit.findings.isEmpty else { throw ExitCode.failure }
            print("Nothing else names \(email).")
        }
    }
}
