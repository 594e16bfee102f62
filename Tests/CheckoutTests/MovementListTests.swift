import AppHarness
import Commerce
import HTTPTypes
import Inventory
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// The list of movements, against writing down each change of stock.
@Suite struct MovementListTests {
    private struct Movement: Equatable {
        let product: Int64
        let warehouse: Int64
        let type: String
        let quantity: Int
        let at: Timestamp
    }

    private func record(_ shop: CheckoutHarness, _ random: RandomSource, _ main: Int64) async throws -> [Movement] {
        var book: [Movement] = []
        for _ in 0..<40 {
            shop.clock.advance(by: .minutes(Int64(1 + random.number(below: 200))))
            let now = shop.clock.source.now
            let product = Int64(1 + random.number(below: 3))
            let place = random.number(below: 2) == 0 ? main : 9
            let quantity = 1 + random.number(below: 5)
            let kind = ["adjustment", "purchase", "return", "transfer"][random.number(below: 4)]
            let other = place == main ? 9 : main
            let isTransfer = kind == "transfer"
            let path = "/api/inventory/stock/" + (isTransfer ? "transfer/" : "adjust/")
            let places =
                isTransfer
                ? #""from_warehouse_id": \#(place), "to_warehouse_id": \#(other)"#
                : #""warehouse_id": \#(place), "movement_type": "\#(kind)""#
            let body = #"{"product_id": \#(product), "quantity": \#(quantity), \#(places)}"#
            let answer = try await shop.call(.post, path, body, as: CheckoutHarness.admin)
            guard answer.status == 201 else {
                #expect(isTransfer && answer.status == 409, "only goods that are there move: \(answer.json)")
                continue
            }
            if isTransfer {
                book.append(Movement(product: product, warehouse: place, type: kind, quantity: -quantity, at: now))
                book.append(Movement(product: product, warehouse: other, type: kind, quantity: quantity, at: now))
            } else {
                book.append(Movement(product: product, warehouse: place, type: kind, quantity: quantity, at: now))
            }
        }
        return book
    }

    @Test(.timeLimit(.minutes(6)), arguments: Backend.available)
    func `every change of stock is listed once, and found by what it was`(_ backend: Backend) async throws {
        let random = RandomSource.seeded(221)
        try await CheckoutHarness.with(backend) { shop in
            for product: Int64 in 1...3 { try await shop.product(product, stock: 0) }
            try await shop.warehouse(9, priority: 5)
            let main = Int64(try await shop.value("SELECT id FROM warehouses WHERE is_default = 1"))
            let book = try await record(shop, random, main)
            let middle = CheckoutHarness.start + .hours(30)
            let questions: [(query: String, meets: (Movement) -> Bool)] = [
                ("", { _ in true }), ("product=2", { $0.product == 2 }), ("warehouse=9", { $0.warehouse == 9 }),
                ("movement_type=transfer", { $0.type == "transfer" }),
                (
                    "product=1&warehouse=\(main)&movement_type=purchase",
                    { $0.product == 1 && $0.warehouse == main && $0.type == "purchase" }
                ),
                ("from=\(middle)", { $0.at >= middle }), ("until=\(middle)", { $0.at <= middle }),
                ("product=77", { _ in false }),
            ]
            for question in questions {
                let found = try await walk(shop, question.query)
                let expected = book.filter(question.meets)
                #expect(found.count == expected.count, "\(question.query)")
                for movement in expected { #expect(found.contains(movement), "\(question.query): \(movement)") }
                #expect(found.map(\.at) == found.map(\.at).sorted(by: >), "the newest come first: \(question.query)")
            }
            #expect(try await shop.stockIsConsistent())
        }
    }

    private func walk(_ shop: CheckoutHarness, _ query: String) async throws -> [Movement] {
        var (found, page) = ([Movement](), 1)
        while true {
            let target = "/api/inventory/movements/?page_size=7&page=\(page)" + (query.isEmpty ? "" : "&" + query)
            let answer = try await shop.call(.get, target, as: CheckoutHarness.admin)
            try #require(answer.status == 200, "\(target): \(answer.json)")
            for row in answer.results {
                found.append(
                    Movement(
                        product: row["product_id"]?.integer ?? 0, warehouse: row["warehouse_id"]?.integer ?? 0,
                        type: row["movement_type"]?.text ?? "", quantity: Int(row["quantity"]?.integer ?? 0),
                        at: try #require(row["created_at"]?.text.flatMap { Timestamp($0) })))
            }
            guard answer["next"] != .null else {
                #expect(answer["count"]?.integer == Int64(found.count), "\(query)")
                return found
            }
            page += 1
        }
    }

    @Test(arguments: [
        "product=x", "product=0", "warehouse=-1", "movement_type=lost", "from=yesterday", "until=2026-13-01",
        "ordering=id",
    ])
    func `a question that makes no sense is refused on its field`(_ query: String) async throws {
        try await CheckoutHarness.with(.sqlite) { shop in
            let answer = try await shop.call(.get, "/api/inventory/movements/?\(query)", as: CheckoutHarness.admin)
            #expect(answer.status == 400 && answer[String(query.prefix { $0 != "=" })] != nil, "\(answer.json)")
        }
    }
}
