import ArgumentParser
import Checkout
import Commerce
import KontorApp
import Modules
import Payments
import Primitives
import SQL

extension Verify {
    /// The books of money.
    struct Ledger: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the ledger against orders, documents, payments, refunds and disputes.",
            discussion: """
                With --gateway, what that gateway lists of its payments, refunds and disputes is held against the shop's as well, of
                the last two days unless said; what came within the last moments may not be told yet. Nothing is changed. Prints a line for each
                difference and exits with 1 where there is one. Amounts are in minor units.
                """)

        @Option(help: "Also compare with the list of this gateway: stripe, paypal, razorpay or sandbox.")
        var gateway: GatewayName?

        @Option(name: .customLong("from"), help: "The first day of the gateway's list, YYYY-MM-DD in TIME_ZONE.")
        var first: CivilDay?

        @Option(name: .customLong("until"), help: "The last day of the gateway's list, YYYY-MM-DD in TIME_ZONE.")
        var last: CivilDay?

        @OptionGroup var data: DataOptions

        func validate() throws {
            if gateway == nil, first != nil || last != nil {
                throw ValidationError("--from and --until are for a gateway's list: name one by --gateway.")
            }
            if let first, let last, last.date < first.date {
                throw ValidationError("--until is before --from.")
            }
        }

        func run() async throws {
            let found = try await data.withInstallation { installation in
                let own = try await installation.database.report { try LedgerAudit.differences($0) }
                return own.map(\.description) + (try await listed(installation).map(\.description))
            }
            for difference in found { print(difference) }
            guard found.isEmpty else { throw ExitCode.failure }
            print("The ledger adds up.")
        }

        private func listed(_ installation: Installation) async throws -> [GatewayDifference] {
            guard let gateway else { return [] }
            let shop = try await Shop(installation)
            let zone = shop.installation.settings.shop.timeZone
            let end = last.map { zone.start(of: CivilDate(daysSinceEpoch: $0.date.daysSinceEpoch + 1)) }
            return try await shop.payments.differences(
                from: gateway.code, from: first.map { zone.start(of: $0.date) }, until: end)
        }
    }

    /// A gateway that keeps a list of its own.
    enum GatewayName: String, ExpressibleByArgument, CaseIterable {
        case stripe
        case paypal
        case razorpay
        case sandbox

        var code: GatewayCode {
            switch self {
            case .stripe: .stripe
            case .paypal: .paypal
            case .razorpay: .razorpay
            case .sandbox: .sandbox
            }
        }
    }

    /// A day on the command line.
    struct CivilDay: ExpressibleByArgument {
        let date: CivilDate

        init?(argument: String) {
            guard let date = CivilDate(argument) else { return nil }
            self.date = date
        }
    }
}
