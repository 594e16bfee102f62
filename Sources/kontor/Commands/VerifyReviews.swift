import ArgumentParser
import KontorApp
import Reviews
import SQL
import Storefront

extension Verify {
    /// The counters of reviews and ratings.
    struct ReviewCounters: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reviews",
            abstract: "Check the counters of reviews, and the ratings of products, against their rows.",
            discussion: "Prints a line for each difference and exits with 1 where there is one.")

        @OptionGroup var data: DataOptions

        func run() async throws {
            let found = try await data.withInstallation { installation in
                try await installation.database.report { connection in
                    try ReviewAudit.differences(connection).map(\.description)
                        + RatingAudit.differences(connection).map(\.description)
                }
            }
            for difference in found { print(difference) }
            guard found.isEmpty else { throw ExitCode.failure }
            print("The reviews add up.")
        }
    }
}
