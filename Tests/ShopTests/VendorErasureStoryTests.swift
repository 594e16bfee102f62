import KontorApp
import Modules
import Primitives
import SQL
import TestSupport
import Testing

/// Vendors whose owners delete their accounts, over the whole shop.
@Suite(.timeLimit(.minutes(10)))
struct VendorErasureStoryTests {
    /// Deletes what the vendors' room has to delete by now.
    private static func upkeep(_ stand: ShopHarness) async throws {
        let purges = stand.shop.modules.modules.filter { $0.name == "Vendors" }.flatMap(\.purges)
        try #require(!purges.isEmpty)
        let now = stand.shop.installation.time.now
        try await stand.shop.installation.database.write { tx in
            for purge in purges { _ = try purge(now, 100, tx) }
        }
    }

    private static func profiles(_ stand: ShopHarness) async throws -> Int? {
        try await stand.shop.installation.database.read {
            try $0.value("SELECT COUNT(*) FROM vendor_profiles", as: Int.self)
        }
    }

    private static func leave(_ probe: HTTPProbe) async throws {
        let gone = try await probe.send(
            "DELETE", "/api/auth/account/delete/",
            json: ["password": .string(ShopHarness.password), "confirmation": "DELETE"])
        try #require(gone.status == 204, "\(gone.text)")
    }

    private static func seller(_ stand: ShopHarness, _ admin: HTTPProbe) async throws -> VendorStoryTests.Seller {
        let vera = try await VendorStoryTests.seller("vera", stand, admin)
        let account: JSONValue = [
            "account_holder": "Vera", "bank_name": "Bank", "iban": "DE89 3704 0044 0532 0130 00",
        ]
        let set = try await vera.probe.send(
            "PATCH", "/api/vendors/profile/", json: ["profile": ["bank_account": account]])
        try #require(set.status == 200, "\(set.text)")
        return vera
    }

    @Test(arguments: Backend.available)
    func `what a vendor is owed is paid after their account was deleted, and then the bank account goes`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let vera = try await Self.seller(stand, admin)
            let given = try await admin.send(
                "POST", "/api/admin/vendors/\(vera.id)/adjustments/", json: ["amount": "5.00", "reason": "x"])
            try #require(given.status == 201, "\(given.text)")
            try await Self.leave(vera.probe)
            try await Self.upkeep(stand)
            #expect(try await Self.profiles(stand) == 1, "5.00 is owed")
            let run = try await admin.send(
                "POST", "/api/admin/vendors/payouts/process/",
                json: [
                    "period_start": "2020-01-01", "period_end": "2099-12-31",
                    "vendors": .array([.number(String(vera.id))]),
                ])
            try #require(run.status == 201, "\(run.text)")
            #expect(run["payouts"]?[0]?["payout_method"]?.text == "bank_transfer", "\(run.text)")
            try await Self.upkeep(stand)
            #expect(try await Self.profiles(stand) == 1, "a payout is under way")
            for (query, shows) in [("", false), ("?vendor=\(vera.id)", true)] {
                let file = try await admin.send("GET", "/api/admin/payouts/export/\(query)")
                #expect(file.text.contains("DE89370400440532013000") == shows, "\(query): \(file.text)")
            }
            let payout = try #require(run["payouts"]?[0]?["id"]?.number)
            let paid = try await admin.send(
                "PUT", "/api/admin/payouts/\(payout)/complete/", json: ["transaction_reference": "TX"])
            try #require(paid.status == 200, "\(paid.text)")
            try await Self.upkeep(stand)
            #expect(try await Self.profiles(stand) == 0)
        }
    }

    @Test(arguments: Backend.available)
    func `a bank account waits for cash that staff have not noted yet`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let vera = try await Self.seller(stand, admin)
            let lamp = try await vera.product("Lamp")
            let buyer = try await stand.customer("buyer@example.com")
            _ = try await buyer.send(
                "POST", "/api/cart/add/", json: ["product_id": .number(String(lamp)), "quantity": 1])
            let placed = try await buyer.send(
                "POST", "/api/orders/",
                json: ["shipping_address_id": try await stand.address(of: buyer), "payment_method": "cod"])
            let id = CommerceFixture.text(placed["id"])
            _ = try await admin.send("PUT", "/api/admin/orders/\(id)/status/", json: ["status": "processing"])
            for status in ["shipped", "delivered"] {
                let moved = try await vera.probe.send(
                    "PUT", "/api/vendors/orders/\(id)/update-status/", json: ["status": .string(status)])
                try #require(moved.status == 200, "\(moved.text)")
            }
            #expect(try await admin.send("GET", "/api/orders/\(id)/")["payment_status"]?.text == "pending")
            try await Self.leave(vera.probe)
            try await Self.upkeep(stand)
            #expect(try await Self.profiles(stand) == 1)
        }
    }

    @Test(arguments: Backend.available)
    func `a bank account waits for lines that are still to be delivered, and not for a debt`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let vera = try await Self.seller(stand, admin)
            let taken = try await admin.send(
                "POST", "/api/admin/vendors/\(vera.id)/adjustments/", json: ["amount": "-5.00", "reason": "x"])
            try #require(taken.status == 201, "\(taken.text)")
            let lamp = try await vera.product("Lamp")
            let buyer = try await stand.customer("buyer@example.com")
            let added = try await buyer.send(
                "POST", "/api/cart/add/", json: ["product_id": .number(String(lamp)), "quantity": 1])
            try #require(added.status == 201, "\(added.text)")
            let placed = try await buyer.send(
                "POST", "/api/orders/",
                json: ["shipping_address_id": try await stand.address(of: buyer), "payment_method": "cod"])
            try #require(placed.status == 201, "\(placed.text)")
            try await Self.leave(vera.probe)
            #expect(try await Self.profiles(stand) == 1)
            let path = "/api/admin/orders/\(CommerceFixture.text(placed["id"]))/status/"
            let canceled = try await admin.send("PUT", path, json: ["status": "cancelled"])
            try #require(canceled.status == 200, "\(canceled.text)")
            try await Self.upkeep(stand)
            #expect(try await Self.profiles(stand) == 0, "who owes the shop is paid nothing")
        }
    }

    @Test(arguments: Backend.available)
    func `of a vendor that staff made no name is left`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let (admin, database) = (try await stand.admin(), stand.shop.installation.database)
            let owner = try await stand.customer("owner@example.com")
            let user = try #require(try await owner.send("GET", "/api/auth/profile/")["id"])
            let made = try await admin.send(
                "POST", "/api/admin/vendors/", json: ["name": "Qxzoe Shop", "user": user])
            try #require(made.status == 201 && made["name"]?.text == "Qxzoe Shop", "\(made.text)")
            let entry = try await admin.send("GET", "/api/admin/audit/?page_size=1")["results"]?[0]
            #expect(entry?["after"]?["id"] == made["id"] && entry?["after"]?["user"] == user, "\(entry ?? .null)")
            #expect(entry?["after"]?["status"]?.text == "approved", "\(entry ?? .null)")
            let category = try await admin.send("POST", "/api/categories/", json: ["name": "All"])
            let lamp = try await admin.send(
                "POST", "/api/products/",
                json: [
                    "name": "Lamp", "sku": "LAMP", "price": "1.00", "category": try #require(category["id"]),
                    "vendor": try #require(made["id"]),
                ])
            try #require(lamp.status == 201 && lamp["vendor"]?["name"]?.text == "Qxzoe Shop", "\(lamp.text)")
            let path = "\(CommerceFixture.text(lamp["id"]))/"
            let dearer = try await admin.send("PATCH", "/api/products/\(path)", json: ["price": "2.00"])
            try #require(dearer.status == 200, "\(dearer.text)")
            let no = try await admin.send("PUT", "/api/admin/products/\(path)reject/", json: ["reason": "x"])
            try #require(no.status == 200, "\(no.text)")
            let gone = try await admin.send("DELETE", "/api/products/\(path)")
            try #require(gone.status == 204, "\(gone.text)")
            try await Self.leave(owner)
            for word in ["qxzoe shop", "qxzoe-shop"] {
                let left = try await database.read { try TextScan.findings(of: word, $0) }
                    .filter { ["audit_entries", "vendors", "vendor_profiles"].contains($0.table.lowercased()) }
                #expect(left.isEmpty, "\(word): \(left)")
            }
        }
    }
}
