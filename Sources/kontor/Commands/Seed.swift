import ArgumentParser
import KontorApp
import SQLiteDriver

/// Fills the shop with made-up data.
struct Seed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fill the shop with made-up products and users for load tests.",
        discussion: """
            Users are user1@example.com, user2@example.com, …, all with the password testpass123. What is there already is \
            left alone: a filling that was broken off is repeated with --yes.
            """)

    @OptionGroup var data: DataOptions

    @Option(help: "How many products.")
    var products = 10_000

    @Option(help: "How many users.")
    var users = 1_000

    @Option(help: "How many orders of the last two years.")
    var orders = 0

    @Flag(help: "Fill also a shop that has products, without asking.")
    var yes = false

    func run() async throws {
        try await data.withInstallation(checkpoints: .whereFree, makesShop: true) { installation in
            try await installation.migrate()
            let shop = try await Shop(installation)
            try await shop.identify()
            try await confirm(LoadData(shop).productCount())
            let progress = TerminalProgress()
            let interruption = Interruption {
                "\(progress.ending) What is in stays; run the same command with --yes for the rest."
            }
            defer { interruption.end() }
            let load = LoadData(shop) { progress.tell($0, $1, of: $2) }
            try await load.fill(products: products, users: users)
            try await load.addOrders(orders, users: users)
            progress.end()
        }
        print("Seeded \(products) products, \(users) users and \(orders) orders.")
    }

    /// Asks before a shop with products gets made-up ones among them.
    private func confirm(_ count: Int) throws {
        guard count > 0, !yes else { return }
        let answer = Console.line("This shop has \(count) products. Put made-up ones among them? [y/N] ")
        guard let answer, ["y", "yes"].contains(answer.lowercased()) else {
            throw ValidationError("This shop has \(count) products: --yes puts made-up ones among them.")
        }
    }
}
