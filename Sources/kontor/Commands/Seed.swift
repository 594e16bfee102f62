import ArgumentParser
import KontorApp
import SQLiteDriver

/// Fills the shop with made-up data.
struct Seed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fill the shop with made-up products and users for load tests.",
        discussion: "Users are user1@example.com, user2@example.com, …, all with the password testpass123.")

    @OptionGroup var data: DataOptions

    @Option(help: "How many products.")
    var products = 10_000

    @Option(help: "How many users.")
    var users = 1_000

    @Option(help: "How many orders of the last two years.")
    var orders = 0

    func run() async throws {
        try await data.withInstallation(checkpoints: .whereFree) { installation in
            try await installation.migrate()
            try await installation.identify()
            let shop = try await Shop(installation)
            try await LoadData(shop).fill(products: products, users: users)
            try await LoadData(shop).addOrders(orders, users: users)
        }
        print("Seeded \(products) products, \(users) users and \(orders) orders.")
    }
}
