import Primitives
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(10)))
struct PaymentPermissionTests {
    @Test(arguments: Backend.available)
    func `every endpoint of payments says to each caller what the table says`(_ backend: Backend) async throws {
        try await withShop(backend, settings: PaymentsTable.settings) { stand in
            let cast = try await TestAccounts(stand)
            let world = try await CommerceFixture(cast)
            try await cast.expect(PaymentsTable.rows) { try await world.values(for: $0.placeholders) }
        }
    }

    @Test func `no endpoint of payments is missing from the table`() async throws {
        try await withShop(.sqlite, settings: PaymentsTable.settings) { stand in
            let shapes = Set(PaymentsTable.rows.map { Self.documented($0.shape) })
            let found = try await stand.documentedShapes(where: Self.isOfPayments)
            #expect(found == shapes, "\(found.symmetricDifference(shapes))")
        }
    }

    /// Rows name a gateway where the document has a placeholder.
    static func documented(_ shape: String) -> String {
        shape.replacing("/payment-gateways/stripe/", with: "/payment-gateways/{}/")
    }

    private static func isOfPayments(_ path: String) -> Bool {
        [
            "/api/payment-", "/api/payments/", "/api/admin/payment", "/api/admin/refunds/", "/api/admin/disputes/",
            "/api/admin/webhook-events/", "/api/admin/ledger/", "/sandbox/",
        ].contains(where: path.hasPrefix)
    }

    @Test(arguments: Backend.available)
    func `a guest pays with the token of the order, and with no other`(_ backend: Backend) async throws {
        try await withShop(backend, settings: PaymentsTable.settings) { stand in
            let admin = try await stand.admin()
            let (mine, theirs) = (
                try await Self.guestOrder(stand, admin, "Lamp"), try await Self.guestOrder(stand, admin, "Desk")
            )
            let desk = PaymentDesk(payer: stand.anonymous, admin: admin)
            let own = ["X-Order-Token": mine.token]
            let payment = try await desk.completed(order: mine.id, headers: own)
            let calls: [(String, String, JSONValue?, Int)] = [
                ("POST", "/api/payments/initiate/", ["order_id": .number(mine.id), "gateway": "sandbox"], 409),
                ("GET", "/api/payments/\(payment)/status/", nil, 200),
                ("POST", "/api/payments/\(payment)/confirm/", [:], 200),
                ("POST", "/api/payments/\(payment)/refund/", ["amount": "1.00", "reason": "x"], 201),
            ]
            for (method, path, json, status) in calls {
                for (token, expected) in [(nil, 401), ("nonsense", 404), (theirs.token, 404), (mine.token, status)] {
                    let headers = token.map { ["X-Order-Token": $0] } ?? [:]
                    let answer =
                        if let json {
                            try await stand.anonymous.send(method, path, headers: headers, json: json)
                        } else { try await stand.anonymous.send(method, path, headers: headers) }
                    #expect(answer.status == expected, "\(method) \(path) with \(token ?? "-"): \(answer.text)")
                }
            }
        }
    }

    /// Returns the id and the token of an order that a guest has placed.
    static func guestOrder(
        _ stand: ShopHarness, _ admin: HTTPProbe, _ name: String
    ) async throws -> (id: String, token: String) {
        let product = try await stand.product(name, stock: 5, by: admin)
        let filled = try await stand.anonymous.send(
            "POST", "/api/cart/add/", json: ["product_id": .number(String(product))])
        let key = try #require(filled["session_key"]?.text)
        let order = try await stand.anonymous.send(
            "POST", "/api/orders/", headers: ["X-Session-Key": key],
            json: ["shipping_address": ShopHarness.address, "email": "guest@example.com", "payment_method": "cod"])
        try #require(order.status == 201, "\(order.text)")
        let token = try #require(order["access_token"]?.text, "\(order.text)")
        return (CommerceFixture.text(order["id"]), token)
    }
}
