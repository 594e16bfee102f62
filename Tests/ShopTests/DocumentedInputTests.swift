import Primitives
import SQL
import TestSupport
import Testing
import Web

@testable import KontorApp

/// What the document of the API says about each field, every endpoint holds: of what it rules out, nothing passes, and
/// each refusal names the field and says why.
@Suite(.timeLimit(.minutes(10)))
struct DocumentedInputTests {
    @Test(arguments: Backend.available)
    func `every endpoint refuses what its document rules out, field by field`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let document = APIDocument(try await stand.anonymous.send("GET", "/api/schema/").json)
            let before = try await Self.shape(of: stand)
            var tried = 0
            for operation in document.operations where operation.takesJSON {
                for fault in operation.bodyFaults() {
                    let answer = try await admin.send(operation.method, operation.path, json: fault.body)
                    tried += 1
                    Self.expect(answer, refuses: fault, at: operation)
                }
            }
            #expect(tried > 1_000, "\(tried)")
            #expect(try await Self.shape(of: stand) == before, "something that was refused changed the shop")
        }
    }

    @Test(arguments: Backend.available)
    func `every list refuses the queries that its document rules out`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let document = APIDocument(try await stand.anonymous.send("GET", "/api/schema/").json)
            var tried = 0
            // A page that is not there is not found, whatever it is called; one that is too large is cut.
            for operation in document.operations where operation.method == "GET" {
                for fault in operation.queryFaults(except: ["page", "page_size"]) {
                    let answer = try await admin.send("GET", operation.path + "?" + fault.query)
                    tried += 1
                    Self.expect(answer, refuses: fault, at: operation)
                }
            }
            #expect(tried > 100, "\(tried)")
        }
    }

    private static func expect(_ answer: ProbeResponse, refuses fault: Fault, at operation: APIDocument.Operation) {
        let place = "\(operation.method) \(operation.path) \(fault.field.joined(separator: ".")): \(fault.name)"
        #expect(answer.status == 400, "\(place): \(answer.status) \(answer.text)")
        var errors: JSONValue? = answer.json
        for name in fault.field { errors = errors?[name] }
        let messages = errors?.elements.compactMap(\.text) ?? []
        #expect(messages.contains { $0.contains(fault.message) && !$0.isEmpty }, "\(place): \(answer.text)")
    }

    /// Returns how many rows each table has that refused requests must not touch.
    private static func shape(of stand: ShopHarness) async throws -> [String: Int] {
        let tables: [StaticString] = [
            "users", "addresses", "categories", "products", "coupons", "warehouses", "stock_movements", "orders",
            "carts",
            "vendors", "vendor_profiles", "vendor_documents", "vendor_reviews", "staff_groups", "tax_rates",
            "shipping_methods", "two_factor", "audit_entries",
            "payments", "payment_operations", "refunds", "payment_methods", "payment_gateways", "webhook_events",
            "ledger_entries", "product_reviews", "review_votes", "review_responses", "shop_webhooks",
            "webhook_deliveries",
        ]
        return try await stand.shop.installation.database.read { connection in
            var shape: [String: Int] = [:]
            for table in tables {
                shape["\(table)"] = try connection.value("SELECT COUNT(*) FROM \(Query(table))", as: Int.self)
            }
            return shape
        }
    }
}

/// A value that a field does not take, and a part of what it has to say about it.
struct Fault: Sendable {
    let field: [String]
    let name: String
    /// Nil where the field is left out.
    let value: JSONValue?
    let message: String

    /// A body with the fault alone.
    var body: JSONValue {
        guard let value else {
            return field.dropLast().reversed().reduce(JSONValue.object([:])) { .object([$1: $0]) }
        }
        return field.reversed().reduce(value) { .object([$1: $0]) }
    }

    var query: String { "\(field[0])=\(value?.text ?? "")" }
}
