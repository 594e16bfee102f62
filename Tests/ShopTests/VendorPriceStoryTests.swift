import Primitives
import SQL
import TestSupport
import Testing

/// What vendors may ask for their products before staff look again.
@Suite(.timeLimit(.minutes(10)))
struct VendorPriceStoryTests {
    /// An approved product of a vendor, with variants where it has any.
    private struct Goods: Sendable {
        let seller: VendorStoryTests.Seller
        let path: String
        let variants: [Int]

        /// Has the vendor send something, and returns the state of the product after it.
        @discardableResult
        func write(_ method: String, _ rest: String = "", _ json: JSONValue? = nil) async throws -> String? {
            let answer = try await seller.probe.send(method, path + rest, json: json)
            try #require((200..<300).contains(answer.status), "\(answer.text)")
            return try await state()
        }

        /// Changes the price of a variant, counted from 0.
        func price(_ variant: Int, _ change: JSONValue) async throws -> String? {
            try await write("PATCH", "variants/\(variants[variant])/", change)
        }

        func state() async throws -> String? {
            let list = try await seller.probe.send("GET", "/api/vendors/products/")
            return list["results"]?[0]?["approval_status"]?.text
        }

        func approve() async throws {
            let seen = try await seller.admin.send("PUT", "/api/admin\(path.dropFirst(4))approve/")
            try #require(seen.status == 200, "\(seen.text)")
        }
    }

    private static func with(
        _ variants: [JSONValue] = [], _ backend: Backend = .sqlite,
        _ body: @escaping @Sendable (Goods) async throws -> Void
    ) async throws {
        try await withShop(backend) { stand in
            let seller = try await VendorStoryTests.seller("vera", stand, try await stand.admin())
            let made = try await seller.probe.send(
                "POST", "/api/products/",
                json: [
                    "name": "Lamp", "sku": "LAMP", "price": "10.00", "category": seller.category,
                    "variants": .array(variants),
                ])
            try #require(made.status == 201, "\(made.text)")
            let id = try #require(made["id"]?.number)
            let goods = Goods(
                seller: seller, path: "/api/products/\(id)/",
                variants: made["variants"]?.elements.compactMap { $0["id"]?.number } ?? [])
            try await goods.approve()
            #expect(try await goods.state() == "approved")
            try await body(goods)
        }
    }

    @Test(arguments: Backend.available)
    func `a price may rise by half of what staff approved, in however many steps`(_ backend: Backend) async throws {
        try await Self.with([], backend) { (lamp) async throws in
            #expect(try await lamp.write("PATCH", "", ["price": "14.00"]) == "approved")
            #expect(try await lamp.write("PATCH", "", ["price": "15.00"]) == "approved")
            #expect(try await lamp.write("PATCH", "", ["price": "15.01"]) == "pending")
            #expect(try await lamp.write("PATCH", "", ["price": "15.00"]) == "pending", "staff have not looked yet")
            try await lamp.approve()
            #expect(try await lamp.write("PATCH", "", ["price": "22.50"]) == "approved", "half of 15 more")
            #expect(try await lamp.write("PATCH", "", ["price": "22.51"]) == "pending")
        }
    }

    @Test func `a price of staff's own is what a vendor's is held against`() async throws {
        try await Self.with { (lamp) async throws in
            #expect(try await lamp.write("PATCH", "", ["price": "15.00"]) == "approved")
            let described = try await lamp.seller.admin.send("PATCH", lamp.path, json: ["description": "Bright"])
            try #require(described.status == 200, "\(described.text)")
            #expect(try await lamp.write("PATCH", "", ["price": "15.01"]) == "pending", "staff said nothing of prices")
            try await lamp.approve()
            let priced = try await lamp.seller.admin.send("PATCH", lamp.path, json: ["price": "40.00"])
            try #require(priced.status == 200, "\(priced.text)")
            #expect(try await lamp.write("PATCH", "", ["price": "60.00"]) == "approved")
            #expect(try await lamp.write("PATCH", "", ["price": "60.01"]) == "pending")
        }
    }

    @Test(arguments: Backend.available)
    func `a base price that makes a variant much dearer is looked at`(_ backend: Backend) async throws {
        try await Self.with([["sku": "S", "price_adjustment": "-8.00"], ["sku": "L", "price": "90.00"]], backend) {
            (lamp) async throws in
            #expect(try await lamp.write("PATCH", "", ["base_price": "11.00"]) == "approved", "2.00 is 3.00 now")
            #expect(try await lamp.write("PATCH", "", ["base_price": "11.01"]) == "pending")
        }
    }

    @Test func `a base price at which nothing was sold has not been approved with the variants`() async throws {
        try await Self.with([["sku": "S", "price": "1.00"]]) { (lamp) async throws in
            #expect(
                try await lamp.write("DELETE", "variants/\(lamp.variants[0])/") == "pending", "10.00 instead of 1.00")
        }
    }

    @Test func `a base price at which nothing is sold may be any, until something is`() async throws {
        try await Self.with([["sku": "L", "price": "12.00"]]) { (lamp) async throws in
            #expect(try await lamp.write("PATCH", "", ["base_price": "99.00"]) == "approved")
            #expect(try await lamp.write("DELETE", "variants/\(lamp.variants[0])/") == "pending")
        }
    }

    @Test(arguments: Backend.available)
    func `each variant is held against its own price, a new one against the highest`(
        _ backend: Backend
    ) async throws {
        let variants: [JSONValue] = [["sku": "S", "price": "10.00"], ["sku": "L", "price": "90.00"]]
        try await Self.with(variants, backend) { (lamp) async throws in
            #expect(try await lamp.price(0, ["price": "15.00"]) == "approved")
            #expect(try await lamp.price(0, ["price": "15.01"]) == "pending", "though another costs 90.00")
            try await lamp.approve()
            #expect(try await lamp.price(0, ["price_adjustment": "12.51"]) == "approved")
            #expect(try await lamp.price(0, ["price_adjustment": "12.52"]) == "pending")
            try await lamp.approve()
            #expect(try await lamp.price(1, ["sku": "XL"]) == "approved")
            #expect(try await lamp.write("POST", "variants/", ["sku": "N", "price": "135.00"]) == "approved")
            #expect(try await lamp.write("POST", "variants/", ["sku": "M", "price": "135.01"]) == "pending")
        }
    }

    @Test func `a variant of a rejected product that changes is looked at again`() async throws {
        try await Self.with([["sku": "S", "price": "10.00"]]) { (lamp) async throws in
            let no = try await lamp.seller.admin.send(
                "PUT", "/api/admin\(lamp.path.dropFirst(4))reject/", json: ["reason": "Too dear"])
            try #require(no.status == 200, "\(no.text)")
            #expect(try await lamp.price(0, ["price": "5.00"]) == "pending")
        }
    }
}
