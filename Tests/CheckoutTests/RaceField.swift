import AppHarness
import Commerce
import Foundation
import HTTPTypes
import Inventory
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// Sixteen customers who do things at the same moment, round after round.
struct RaceField: Sendable {
    /// `KONTOR_RACE_ROUNDS`; scripts/races asks for many.
    static let rounds = ProcessInfo.processInfo.environment["KONTOR_RACE_ROUNDS"].flatMap { Int($0) } ?? 50
    static let size = 16

    let shop: CheckoutHarness
    let clients: [Identity]

    /// Runs `round` again and again on a clean shop; the books have to agree after each.
    static func run(
        _ backend: Backend, _ round: @Sendable (RaceField, _ number: Int64) async throws -> Void
    ) async throws {
        try await CheckoutHarness.with(backend) { shop in
            let field = RaceField(
                shop: shop, clients: try await (1...size).asyncMap { try await shop.user(Int64($0)) })
            for number in 1...Int64(rounds) {
                // The answers of later rounds are those of the first ones.
                try await DocumentedAnswer.$isChecked.withValue(number <= 5) { try await round(field, number) }
                let found = try await shop.database.read { try StockAudit.differences($0) }
                try #require(found.isEmpty, "round \(number): \(found)")
                let ledger = try await shop.ledger()
                try #require(ledger.isEmpty, "round \(number): \(ledger)")
            }
        }
    }

    /// Runs `body` for all customers at once and returns what each got, in order.
    func everyone<Value: Sendable>(
        _ body: @escaping @Sendable (Identity, Int) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            for (index, client) in clients.enumerated() {
                group.addTask { (index, try await body(client, index)) }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    /// Has every customer's cart hold just this.
    func fill(_ lines: [(product: Int64, variant: Int64?, quantity: Int)]) async throws {
        _ = try await everyone { client, index in
            _ = try await shop.call(.delete, "/api/cart/clear/", as: client)
            for line in index % 2 == 0 ? lines : lines.reversed() {
                let variant = line.variant.map { #", "variant_id": \#($0)"# } ?? ""
                let body = #"{"product_id": \#(line.product)\#(variant), "quantity": \#(line.quantity)}"#
                let added = try await shop.call(.post, "/api/cart/add/", body, as: client)
                try #require(added.status == 201, "\(added.json)")
            }
        }
    }

    /// Returns an order by cash of each customer, taken on by staff.
    func taken(_ product: Int64) async throws -> [CheckoutHarness.Answer] {
        try await fill([(product, nil, 1)])
        return try await everyone { client, _ in
            let order = try await shop.order(client, by: "cod")
            try #require(order.status == 201, "\(order.json)")
            return try await status(order.id, "processing")
        }
    }

    func status(_ order: Int64, _ status: String) async throws -> CheckoutHarness.Answer {
        try await shop.call(
            .put, "/api/admin/orders/\(order)/status/", #"{"status": "\#(status)"}"#, as: CheckoutHarness.admin)
    }
}
