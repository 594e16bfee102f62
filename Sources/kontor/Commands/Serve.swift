import ArgumentParser
import KontorApp
import SQLiteDriver
import Web

/// Serves the shop.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the shop; in an empty folder it makes all it needs.")

    @OptionGroup var data: DataOptions

    @Option(help: "The address to listen on (HOST, 127.0.0.1).")
    var host: String?

    @Option(help: "The port to listen on (PORT, 8000); 0 takes a free one.")
    var port: Int?

    @Flag(help: "Fill an empty shop with a believable range, customers and past orders.")
    var demo = false

    @Flag(inversion: .prefixedNo, help: "Apply pending migrations first.")
    var migrate = true

    @Flag(help: "Go on with another SECRET_KEY than the shop's, without what only the former could open.")
    var acceptNewKey = false

    func run() async throws {
        DescriptorLimit.raise()
        let settings = try await data.settings(or: demo ? ["SANDBOX_GATEWAY": "on"] : [:])
        try await data.withInstallation(settings, checkpoints: .exclusive) { installation in
            if migrate { try await installation.migrate() } else { try await installation.awaitDatabase() }
            let shop = try await Shop(installation)
            if let lost = try await shop.identify(acceptingNewKey: acceptNewKey) {
                print("Another SECRET_KEY is accepted. Given up: \(lost.loss).")
            }
            let admin = demo ? try await fillDemo(shop) : nil
            let (welcome, address) = (try await shop.welcomePath(), shop.installation.settings.web.publicURL)
            let serving = Serving(shop, host: host ?? settings.host, port: port ?? settings.port) { port in
                Greeting(
                    host: host ?? settings.host, port: port, admin: admin, address: address, welcome: welcome
                ).say()
            }
            try await serving.run()
        }
    }

    /// Fills the demo. Signals are the server's as soon as it runs.
    private func fillDemo(_ shop: Shop) async throws -> DemoShop.Administrator {
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
}

/// What a newcomer reads once the shop is open.
struct Greeting {
    let host: String
    let port: Int
    let admin: DemoShop.Administrator?
    /// What links to the shop begin with where that is set.
    let address: String?
    /// The path of the page that makes the first administrator; nil where there is one.
    let welcome: String?

    func say() {
        let url = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        print("Kontor is open at \(url)")
        if let admin {
            print("Administrator:    \(admin.email)   password: \(admin.password)")
            print("A customer:       \(admin.customer)     password: \(admin.password)")
            print("Try:              curl '\(url)/api/products/?search=lamp'")
            print("The API's pages:  \(url)/api/docs/")
        }
        if let welcome { print("Make the first administrator at \(address ?? url)\(welcome)") }
        Console.flush()
    }
}
