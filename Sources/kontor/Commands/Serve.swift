import ArgumentParser
import KontorApp
import SQL
import SQLiteDriver
import Web

/// Serves the shop.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the shop; in an empty folder it makes all it needs.",
        discussion: """
            In a shop without an administrator KONTOR_SUPERUSER_EMAIL and KONTOR_SUPERUSER_PASSWORD make the first one.
            """)

    @OptionGroup var data: DataOptions

    @Option(help: "The address to listen on (HOST, 127.0.0.1).")
    var host: String?

    @Option(help: "The port to listen on (PORT, 8000); 0 takes a free one.")
    var port: Int?

    @Flag(help: "Fill an empty shop with a believable range, customers and past orders; leaves any other as it is.")
    var demo = false

    @Flag(inversion: .prefixedNo, help: "Apply pending migrations first.")
    var migrate = true

    @Flag(help: "Go on with another SECRET_KEY than the shop's, without what only the former could open.")
    var acceptNewKey = false

    func validate() throws {
        if let port, !(0...65_535).contains(port) {
            throw ValidationError("--port \(port): a port is a number from 0 to 65535.")
        }
    }

    func run() async throws {
        DescriptorLimit.raise()
        HangUp.ignore()
        let settings = try await data.settings()
        try await data.withInstallation(settings, checkpoints: .exclusive, makesShop: true) { installation in
            if migrate { try await installation.migrate() } else { try await installation.awaitDatabase() }
            let ground = demo ? try await DemoGround.look(at: installation) : nil
            let isDemo = ground == .empty || ground == .demo
            let shop = try await Shop(isDemo ? installation.offeringSandbox() : installation)
            if let lost = try await shop.identify(acceptingNewKey: acceptNewKey) {
                print("Another SECRET_KEY is accepted. Given up: \(lost.loss).")
            }
            let made = try await shop.createFirstSuperuser()
            let greeting = Greeting(
                place: ShopPlace(shop.installation.settings), host: host ?? settings.host, data: data.directory,
                publicURL: shop.installation.settings.web.publicURL, demo: try await fill(shop, ground), made: made,
                welcome: try await shop.welcomePath(), pending: try await installation.migrator.pending())
            let serving = Serving(shop, host: host ?? settings.host, port: port ?? settings.port) { port in
                greeting.say(port: port)
            }
            try await serving.run()
        }
    }

    /// Fills the demo. Signals are the server's as soon as it runs.
    private func fillDemo(_ shop: Shop) async throws -> DemoShop.Administrator? {
        let progress = TerminalProgress()
        let interruption = Interruption {
            "Ended before the demo was filled. Nothing of it is in; start with --demo again."
        }
        defer {
            interruption.end()
            progress.end()
        }
        return try await DemoShop(shop) { progress.tell($0, $1, of: $2) }.fill()
    }

    /// Makes what `--demo` asks for of what it has found.
    private func fill(_ shop: Shop, _ ground: DemoGround?) async throws -> Greeting.Demo? {
        switch ground {
        case nil: nil
        case .taken(let products, let orders): .refused(products: products, orders: orders)
        case .empty, .demo: .open(try await fillDemo(shop))
        }
    }
}
