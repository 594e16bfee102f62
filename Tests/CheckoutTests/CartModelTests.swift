import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// A cart under random hands, against a list of what was put into it.
@Suite struct CartModelTests {
    private static let prices: [Int64: Int] = [1: 999, 2: 1_000, 3: 1, 4: 123_456]
    private static let inStock = 9

    @Test(.timeLimit(.minutes(6)), arguments: Backend.available, [1, 2] as [UInt64])
    func `a cart holds what was put in, taken out and counted anew, and costs what that costs`(
        _ backend: Backend, _ seed: UInt64
    ) async throws {
        let random = RandomSource.seeded(seed)
        try await CheckoutHarness.with(backend) { shop in
            let ada = try await shop.user(1)
            for (id, price) in Self.prices.sorted(by: { $0.key < $1.key }) {
                try await shop.product(id, price: Int64(price), stock: Self.inStock)
            }
            var model: [Int64: Int] = [:]
            for step in 0..<70 {
                let (product, quantity) = (Int64(1 + random.number(below: 4)), 1 + random.number(below: 4))
                let there = try await shop.call(.get, "/api/cart/", as: ada)
                let line = there.items.first { $0["product"]?["id"]?.integer == product }?["id"]?.integer
                switch random.number(below: 8) {
                case 0...3: try await add(quantity, of: product, as: ada, shop, &model)
                case 4, 5:
                    guard let line else { continue }
                    let wanted = random.number(below: 12)
                    let answer = try await shop.call(
                        .put, "/api/cart/items/\(line)/", #"{"quantity": \#(wanted)}"#, as: ada)
                    let fits = (1...Self.inStock).contains(wanted)
                    #expect(answer.status == (fits ? 200 : 400), "\(wanted): \(answer.json)")
                    if fits { model[product] = wanted }
                case 6:
                    guard let line else { continue }
                    #expect(try await shop.call(.delete, "/api/cart/items/\(line)/", as: ada).status == 200)
                    model[product] = nil
                default:
                    guard random.number(below: 4) == 0 else { continue }
                    _ = try await shop.call(.delete, "/api/cart/clear/", as: ada)
                    model = [:]
                }
                try await compare(shop, ada, model, step)
            }
        }
    }

    private func add(
        _ quantity: Int, of product: Int64, as ada: Identity, _ shop: CheckoutHarness, _ model: inout [Int64: Int]
    ) async throws {
        let answer = try await shop.fill(product, quantity, as: ada)
        let sum = model[product, default: 0] + quantity
        guard sum <= Self.inStock else {
            #expect(answer.status == 400 && answer["quantity"] != nil, "\(answer.json)")
            return
        }
        #expect(answer.status == 201, "\(answer.json)")
        model[product] = sum
    }

    private func compare(
        _ shop: CheckoutHarness, _ ada: Identity, _ model: [Int64: Int], _ step: Int
    ) async throws {
        let cart = try await shop.call(.get, "/api/cart/", as: ada)
        var found: [Int64: Int] = [:]
        for item in cart.items {
            found[item["product"]?["id"]?.integer ?? 0] = Int(item["quantity"]?.integer ?? 0)
        }
        try #require(found == model, "step \(step): \(cart.json)")
        let cents = model.reduce(0) { $0 + Self.prices[$1.key, default: 0] * $1.value }
        let subtotal = Currency.usd.text(Money(minorUnits: Int64(cents)))
        #expect(cart.text("subtotal") == subtotal && cart.text("total") == subtotal, "step \(step)")
        #expect(cart["item_count"]?.integer == Int64(model.values.reduce(0, +)), "step \(step)")
    }
}
