import KontorApp

/// What who has started a shop reads once it is open: where it is, what it stands on, and what it is missing.
struct Greeting: Sendable {
    /// What `--demo` has come to.
    enum Demo: Sendable {
        /// A demo shop; nil where its public password is no longer its administrator's.
        case open(DemoShop.Administrator?)
        case refused(products: Int, orders: Int)
    }

    let place: ShopPlace
    /// The address that the server listens on.
    let host: String
    /// `--data`, as it was given: the commands that the text names need it too.
    let data: String?
    /// What links to the shop begin with where that is set.
    let publicURL: String?
    let demo: Demo?
    /// The e-mail of the administrator whom this start has made.
    let made: String?
    /// The path of the page that makes the first administrator; nil where there is one.
    let welcome: String?
    /// The numbers of the migrations that were left out.
    let pending: [Int]

    /// Prints it.
    func say(port: Int) {
        for line in lines(port: port) { print(line) }
        Console.flush()
    }

    /// Returns the lines; the first ends in the address.
    func lines(port: Int) -> [String] {
        let url = "http://\(Self.reachable(host)):\(port)"
        let base = publicURL ?? url
        var lines = ["Kontor \(Release.version) is open at \(url)"]
        if host == "0.0.0.0" || host == "::" { lines.append("Reached by:       every address of this machine") }
        lines += [
            "The admin:        \(base)/admin/", "The API's pages:  \(base)/api/docs/",
            "Database:         \(place.database)", "Data folder:      \(place.folder)",
        ]
        if demo == nil, !place.hasMailServer {
            lines.append("Mail:             stays in the built-in mailbox until EMAIL_HOST is set")
        }
        if let made { lines.append("Administrator:    \(made), just made of KONTOR_SUPERUSER_EMAIL") }
        return lines + demoLines(url) + missing(base)
    }

    private func demoLines(_ url: String) -> [String] {
        switch demo {
        case nil: return []
        case .open(nil):
            return ["A demo shop, whose administrator's password is no longer the public one."]
        case .open(let administrator?):
            return [
                "Administrator:    \(administrator.email)   password: \(administrator.password)",
                "A customer:       \(administrator.customer)     password: \(administrator.password)",
                "A vendor:         \(administrator.vendor)  password: \(administrator.password)",
                "Try:              curl '\(url)/api/products/?search=lamp'",
            ]
        case .refused(let products, let orders):
            return [
                """
                --demo did nothing: this shop has \(products) products and \(orders) orders of its own. A demo shop needs a \
                folder of its own: kontor serve --demo --data demo
                """
            ]
        }
    }

    private func missing(_ base: String) -> [String] {
        let option = data.map { " --data \($0)" } ?? ""
        var lines: [String] = []
        if !pending.isEmpty {
            lines.append("Missing:          migrations \(pending), by `kontor migrate\(option)`")
        }
        if let welcome {
            lines.append("Missing:          an administrator: make the first one at \(base)\(welcome)")
            lines.append("                  or by `kontor createsuperuser\(option)`")
        }
        return lines
    }

    /// Returns an address that this machine reaches: one of all addresses is not one.
    private static func reachable(_ host: String) -> String {
        if host == "0.0.0.0" || host == "::" { return "127.0.0.1" }
        return host.contains(":") ? "[\(host)]" : host
    }
}
