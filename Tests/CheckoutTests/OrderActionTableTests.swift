import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// What anybody can do to an order, against every state in which it can be.
@Suite struct OrderActionTableTests {
    /// The states, each with how the order is paid for and the steps that lead there.
    private static let states: [(name: String, method: String, steps: [String])] = [
        ("pending", "cod", []),
        ("taken on", "cod", ["processing"]),
        ("paid", "bank_transfer", ["pay"]),
        ("part-sent", "cod", ["processing", "send"]),
        ("shipped", "cod", ["processing", "shipped"]),
        ("delivered", "cod", ["processing", "shipped", "delivered"]),
        ("cancelled", "cod", ["cancelled"]),
        ("on hold", "bank_transfer", ["cancelled", "pay"]),
    ]

    /// A request, and what it answers in each state: with the order's status after it, or with the refusal's code or field.
    private struct Action: Sendable {
        let name: String
        let method: HTTPRequest.Method
        let path: String
        let body: String
        let isForStaff: Bool
        let answers: [String]
    }

    private static let no = "409 invalid_transition"
    private static let paid = "409 already_paid"
    private static let more = "400 items"

    private static let actions: [Action] = [
        Action(
            name: "the customer cancels", method: .put, path: "/api/orders/{id}/cancel/", body: "", isForStaff: false,
            answers: ["200 cancelled", "200 cancelled", "200 cancelled", no, no, no, no, no]),
        Action(
            name: "staff cancel", method: .put, path: "/api/admin/orders/{id}/status/",
            body: #"{"status": "cancelled"}"#, isForStaff: true,
            answers: ["200 cancelled", "200 cancelled", "200 cancelled", no, no, no, no, no]),
        Action(
            name: "staff cancel the rest", method: .post, path: "/api/admin/orders/{id}/cancel-rest/", body: "{}",
            isForStaff: true,
            answers: ["200 cancelled", "200 cancelled", "200 cancelled", "200 shipped", no, no, no, no]),
        Action(
            name: "staff take it on", method: .put, path: "/api/admin/orders/{id}/status/",
            body: #"{"status": "processing"}"#, isForStaff: true,
            answers: ["200 processing", no, no, no, no, no, no, "200 processing"]),
        Action(
            name: "staff send all", method: .put, path: "/api/admin/orders/{id}/status/",
            body: #"{"status": "shipped"}"#, isForStaff: true,
            answers: [no, "200 shipped", "200 shipped", "200 shipped", no, no, no, no]),
        Action(
            name: "staff send a parcel with all", method: .post, path: "/api/admin/orders/{id}/shipments/", body: "{}",
            isForStaff: true, answers: [no, "201 shipped", "201 shipped", "201 shipped", no, no, no, no]),
        Action(
            name: "staff say that it arrived", method: .put, path: "/api/admin/orders/{id}/status/",
            body: #"{"status": "delivered"}"#, isForStaff: true,
            answers: [no, no, no, "200 processing", "200 delivered", no, no, no]),
        Action(
            name: "its money comes", method: .post, path: "/api/admin/orders/{id}/payment/",
            body: #"{"amount": "40.00"}"#, isForStaff: true,
            answers: [
                "200 processing", "200 processing", paid, "200 processing", "200 shipped", paid, "200 cancelled", paid,
            ]),
        Action(
            name: "other money comes", method: .post, path: "/api/admin/orders/{id}/payment/",
            body: #"{"amount": "39.99"}"#, isForStaff: true, answers: Array(repeating: "400 amount", count: 8)),
        Action(
            name: "the customer sends one back", method: .post, path: "/api/orders/{id}/returns/",
            body: #"{"items": [{"order_item_id": {item}, "quantity": 1}]}"#, isForStaff: false,
            answers: [more, more, more, "201 processing", "201 shipped", "201 delivered", more, more]),
    ]

    private func send(
        _ action: Action, _ order: CheckoutHarness.Answer, _ shop: CheckoutHarness, as identity: Identity?
    ) async throws -> CheckoutHarness.Answer {
        let item = order.items.first?["id"]?.integer ?? 0
        let path = action.path.replacing("{id}", with: String(order.id))
        return try await shop.call(
            action.method, path, action.body.replacing("{item}", with: String(item)), as: identity)
    }

    /// An order of three of product 1 and one of product 2, for 40.00, in a state.
    private func order(
        _ shop: CheckoutHarness, as ada: Identity, by method: String, _ steps: [String]
    ) async throws -> CheckoutHarness.Answer {
        _ = try await shop.fill(1, 3, as: ada)
        _ = try await shop.fill(2, 1, as: ada)
        let order = try await shop.order(ada, by: method)
        try #require(order.status == 201, "\(order.json)")
        let path = "/api/admin/orders/\(order.id)/"
        for step in steps {
            let answer: CheckoutHarness.Answer
            switch step {
            case "pay":
                answer = try await shop.call(
                    .post, path + "payment/", #"{"amount": "40.00"}"#, as: CheckoutHarness.admin)
            case "send":
                let item = order.items.first?["id"]?.integer ?? 0
                answer = try await shop.call(
                    .post, path + "shipments/", #"{"items": [{"order_item_id": \#(item), "quantity": 2}]}"#,
                    as: CheckoutHarness.admin)
            default:
                answer = try await shop.call(
                    .put, path + "status/", #"{"status": "\#(step)"}"#, as: CheckoutHarness.admin)
            }
            try #require((200...201).contains(answer.status), "\(step): \(answer.json)")
        }
        return order
    }

    @Test(.timeLimit(.minutes(10)), arguments: Backend.available)
    func `each action answers in each state as the table says, and what is refused changes nothing`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for id in 1...2 { try await shop.product(Int64(id), stock: 10_000) }
            for action in Self.actions {
                try #require(action.answers.count == Self.states.count)
                for (state, expected) in zip(Self.states, action.answers) {
                    let placed = try await order(shop, as: ada, by: state.method, state.steps)
                    let before = try await shop.books(of: placed.id)
                    let answer = try await send(
                        action, placed, shop, as: action.isForStaff ? CheckoutHarness.admin : ada)
                    let after = try await shop.books(of: placed.id)
                    let place = "\(action.name), \(state.name): \(answer.json)"
                    let parts = expected.split(separator: " ").map(String.init)
                    #expect(answer.status == Int(parts[0]), "\(place)")
                    if answer.status < 300 {
                        #expect(after.order["status"]?.text == parts[1], "\(place)")
                        #expect(after != before, "\(place)")
                    } else {
                        let isNamed = answer.text("code") == parts[1] || answer[parts[1]] != nil
                        #expect(isNamed, "\(place)")
                        #expect(after == before, "\(place)")
                    }
                }
            }
            #expect(try await shop.stockIsConsistent())
        }
    }

    @Test(arguments: Backend.available)
    func `who is neither the customer nor staff with the permission does none of it`(
        _ backend: Backend
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let (ada, eve) = (try await shop.user(1), try await shop.user(2))
            for id in 1...2 { try await shop.product(Int64(id), stock: 100) }
            let placed = try await order(shop, as: ada, by: "cod", ["processing", "send"])
            let before = try await shop.books(of: placed.id)
            func staff(_ permissions: Set<String>) -> Identity {
                Identity(
                    userID: UserID(998), sessionID: SessionID(998), email: "s@example.com", role: .staff,
                    permissions: permissions, isEmailVerified: true)
            }
            for action in Self.actions {
                for (who, identity) in [
                    ("eve", eve), ("staff", staff([])), ("staff who look", staff(["orders.view", "products.edit"])),
                ] {
                    let answer = try await send(action, placed, shop, as: identity)
                    let expected = action.isForStaff ? 403 : 404
                    #expect(answer.status == expected, "\(action.name), \(who): \(answer.json)")
                }
                guard action.isForStaff else { continue }
                #expect(try await send(action, placed, shop, as: ada).status == 403, "\(action.name)")
                #expect(try await send(action, placed, shop, as: nil).status == 401, "\(action.name)")
            }
            #expect(try await shop.books(of: placed.id) == before)
        }
    }

    @Test(arguments: Backend.available)
    func `an order that is not there is not there for any action`(_ backend: Backend) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for id in 1...2 { try await shop.product(Int64(id), stock: 100) }
            let placed = try await order(shop, as: ada, by: "cod", [])
            for action in Self.actions {
                for reference in ["0", "-1", "\(placed.id + 1)", "9223372036854775808", "K000000000", "%20"] {
                    let path = action.path.replacing("{id}", with: reference)
                    let body = action.body.replacing("{item}", with: "1")
                    let answer = try await shop.call(action.method, path, body, as: CheckoutHarness.admin)
                    #expect(answer.status == 404, "\(action.name), \(reference): \(answer.json)")
                }
            }
        }
    }
}

/// An order as staff see it, and how much the shop has written down.
struct OrderBooks: Equatable {
    let order: JSONValue
    let counts: [Int]
}

extension CheckoutHarness {
    private static let written: [Query] = [
        "SELECT COUNT(*) FROM order_events", "SELECT COUNT(*) FROM shipments",
        "SELECT COALESCE(SUM(quantity), 0) FROM shipment_items", "SELECT COUNT(*) FROM returns",
        "SELECT COUNT(*) FROM return_items", "SELECT COALESCE(SUM(refund_amount), 0) FROM returns",
        "SELECT COUNT(*) FROM invoices", "SELECT COALESCE(SUM(last_number), 0) FROM invoice_counters",
        "SELECT COUNT(*) FROM jobs", "SELECT COUNT(*) FROM stock_movements", "SELECT COUNT(*) FROM audit_entries",
        "SELECT SUM(on_hand) FROM stock_totals", "SELECT SUM(reserved) FROM stock_totals",
        "SELECT COALESCE(SUM(revision), 0) FROM catalog_revision",
    ]

    /// What an action can change of an order, and of anything beside it.
    func books(of order: Int64) async throws -> OrderBooks {
        let seen = try await call(.get, "/api/orders/\(order)/", as: Self.admin)
        var counts: [Int] = []
        for query in Self.written { counts.append(try await value(query)) }
        return OrderBooks(order: seen.json, counts: counts)
    }
}
