import ArgumentParser
import KontorApp
import Marketplace
import SQL

extension Verify {
    /// The accounts of vendors.
    struct Payouts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check vendors' accounts against sales, payouts and the ledger.",
            discussion: """
                Balances are held against their entries and the shop's ledger, payouts against theirs, and what vendors earned is
                reckoned anew. Nothing is changed. Prints a line for each difference and exits with 1 where there is one. Amounts
                are in minor units.
                """)

        @OptionGroup var data: DataOptions

        func run() async throws {
            let found = try await data.withInstallation { installation in
                try await installation.database.report { try MarketplaceAudit.differences($0) }
            }
            for difference in found { print(difference) }
            guard found.isEmpty else { throw ExitCode.failure }
            print("Vendors' accounts add up.")
        }
    }
}
