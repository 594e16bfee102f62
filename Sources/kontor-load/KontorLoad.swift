import ArgumentParser
import Primitives

/// The load driver of `scripts/bench`: blocking sockets, a thread a client, one line of JSON.
@main
struct KontorLoad: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kontor-load", abstract: "Puts a shop on this machine under load and prints what it bore.",
        subcommands: [Pages.self, Orders.self, Logins.self])
}

struct Target: ParsableArguments {
    @Option(help: "The port of the shop on this machine.")
    var port: UInt16

    @Option(help: "Clients at once, each with a connection and a thread.")
    var clients = 32

    @Option(help: "How long to go on, in seconds.")
    var seconds = 5
}

/// GETs of one path; `{n}` in it becomes a number that no request has had before, `{n:500}` that number from 1 to 500
/// and around again.
struct Pages: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "GET a path again and again.")

    @OptionGroup var target: Target

    @Option(help: "Where {n} starts.")
    var from = 1

    @Option(help: "Sign in as this user first.")
    var email: String?

    @Option(help: "Its password.")
    var password = "testpass123"

    @Argument(help: "The path; {n} becomes a new number in each request, {n:500} one from 1 to 500 in turn.")
    var path: String

    func run() throws {
        let path = NumberedPath(path)
        let (port, clients, from, email, password) = (target.port, target.clients, from, email, password)
        let result = Load.run(clients: clients, seconds: target.seconds) { index in
            let client = try LoadClient(port: port)
            if let email { try client.login(email: email, password: password) }
            var number = from + index
            return {
                let status = try client.get(path.text(number))
                number += clients
                guard status == 200 else { throw Unexpected(status: status, body: "") }
            }
        }
        print(String(decoding: try JSONBytes.encode(result), as: UTF8.self))
    }
}

/// Whole purchases: two products into the cart, then the order.
struct Orders: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add two products, order, again and again.")

    @OptionGroup var target: Target

    @Option(help: "E-mail of the n-th customer; {n} becomes a number from 1.")
    var email = "user{n}@example.com"

    @Option(help: "Every customer's password.")
    var password = "testpass123"

    @Option(help: "Products 1 to this many are bought, in turn.")
    var products = 1_000

    @Option(help: "How the orders are to be paid.")
    var payment = "cod"

    @Option(help: "What becomes of each order: nothing, cancel (by its customer) or payment (noted by staff).")
    var then = Aftermath.nothing

    @Option(help: "E-mail of the administrator who notes payments.")
    var staff = "admin@example.com"

    func run() throws {
        let (port, email, password) = (target.port, email, password)
        let (products, clients, payment, then) = (products, target.clients, payment, then)
        let authorization = then == .payment ? try authorization(of: staff) : ""
        let result = Load.run(clients: clients, seconds: target.seconds) { index in
            let client = try LoadClient(port: port)
            try client.login(
                email: email.split(separator: "{n}", omittingEmptySubsequences: false).joined(
                    separator: "\(index + 1)"),
                password: password)
            let address = try client.json("POST", "/api/auth/addresses/", Self.address)
            guard let addressID = address["id"] else { throw Unexpected(status: 201, body: "no address id") }
            let member = try LoadClient(port: port, authorization: authorization)
            var next = index
            func add() throws {
                try client.json(
                    "POST", "/api/cart/add/",
                    ["product_id": .number(String(next % products + 1)), "quantity": .number("1")])
                next += clients
            }
            return {
                try add()
                try add()
                let order = try client.json(
                    "POST", "/api/orders/", ["shipping_address_id": addressID, "payment_method": .string(payment)])
                try then.happen(to: order, client, member)
            }
        }
        print(String(decoding: try JSONBytes.encode(result), as: UTF8.self))
    }

    private func authorization(of email: String) throws -> String {
        let client = try LoadClient(port: target.port)
        try client.login(email: email, password: password)
        return client.authorization
    }

    private static let address: [String: JSONValue] = [
        "address_type": .string("both"), "label": .string("Home"), "full_name": .string("Load Driver"),
        "phone_number": .string("+15550100"), "address_line1": .string("1 Main Street"), "city": .string("Springfield"),
        "state": .string("IL"), "postal_code": .string("62701"), "country": .string("US"),
    ]
}

/// What becomes of an order.
enum Aftermath: String, ExpressibleByArgument {
    case nothing
    case cancel
    case payment

    /// Has it happen to an order that was just placed.
    ///
    /// - Throws: `SocketError`, `Unexpected`.
    func happen(to order: JSONValue, _ customer: LoadClient, _ staff: LoadClient) throws {
        guard case .number(let id) = order["id"], let total = order["total"] else { return }
        switch self {
        case .nothing: return
        case .cancel: try customer.json("PUT", "/api/orders/\(id)/cancel/", [:])
        case .payment: try staff.json("POST", "/api/admin/orders/\(id)/payment/", ["amount": total])
        }
    }
}

/// Logins, each with a password to check.
struct Logins: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Log in, again and again.")

    @OptionGroup var target: Target

    @Option(help: "E-mail of the n-th customer; {n} becomes a number from 1, one for each client.")
    var email = "user{n}@example.com"

    @Option(help: "Every customer's password.")
    var password = "testpass123"

    func run() throws {
        let (port, email, password) = (target.port, NumberedPath(email), password)
        let result = Load.run(clients: target.clients, seconds: target.seconds) { index in
            let client = try LoadClient(port: port)
            let email = email.text(index + 1)
            return { try client.login(email: email, password: password) }
        }
        print(String(decoding: try JSONBytes.encode(result), as: UTF8.self))
    }
}
