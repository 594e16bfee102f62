import Foundation
import KontorApp
import Primitives
import SQL
import TestSupport
import Testing

/// Vendors over the whole shop: from their application to what customers say of them.
@Suite(.timeLimit(.minutes(10)))
struct VendorStoryTests {
    /// A vendor with a category to sell in.
    struct Seller: Sendable {
        let probe: HTTPProbe
        let id: Int
        let category: JSONValue
        let admin: HTTPProbe

        /// Makes a product of the vendor's and gives its id.
        func product(
            _ name: String, price: String = "10.00", stock: Int = 9, isApproved: Bool = true
        ) async throws -> Int {
            let made = try await probe.send(
                "POST", "/api/products/",
                json: [
                    "name": .string(name), "sku": .string("SKU-" + name), "price": .string(price), "category": category,
                    "stock_quantity": .number(String(stock)), "approval_status": "approved", "is_featured": .bool(true),
                    "vendor": .null,
                ])
            try #require(made.status == 201, "\(made.text)")
            let id = try #require(made["id"]?.number)
            #expect(made["vendor"]?["id"]?.number == self.id && made["is_featured"] == .bool(false), "\(made.text)")
            if isApproved {
                let seen = try await admin.send("PUT", "/api/admin/products/\(id)/approve/")
                try #require(seen.status == 200, "\(seen.text)")
            }
            return id
        }
    }

    static func seller(
        _ name: String, _ stand: ShopHarness, _ admin: HTTPProbe, approval: JSONValue = [:]
    ) async throws -> Seller {
        let probe = try await stand.customer("\(name)@example.com")
        try await stand.verifyAll()
        let applied = try await probe.send(
            "POST", "/api/vendors/register/", json: ["business_name": .string(name), "business_type": "company"])
        try #require(applied.status == 201, "\(applied.text)")
        let id = try #require(applied["id"]?.number)
        let approved = try await admin.send("PUT", "/api/admin/vendors/\(id)/approve/", json: approval)
        try #require(approved.status == 200, "\(approved.text)")
        let category = try await admin.send("POST", "/api/categories/", json: ["name": .string("By " + name)])
        return Seller(probe: probe, id: id, category: try #require(category["id"]), admin: admin)
    }

    private static func order(
        _ products: [Int], by buyer: HTTPProbe, _ stand: ShopHarness, _ admin: HTTPProbe
    ) async throws -> (id: String, json: ProbeResponse) {
        for product in products {
            let added = try await buyer.send(
                "POST", "/api/cart/add/", json: ["product_id": .number(String(product)), "quantity": 2])
            try #require(added.status == 201, "\(added.text)")
        }
        let placed = try await buyer.send(
            "POST", "/api/orders/",
            json: ["shipping_address_id": try await stand.address(of: buyer), "payment_method": "cod"])
        try #require(placed.status == 201, "\(placed.text)")
        let id = CommerceFixture.text(placed["id"])
        _ = try await admin.send("PUT", "/api/admin/orders/\(id)/status/", json: ["status": "processing"])
        return (id, placed)
    }

    @Test(arguments: Backend.available)
    func `a vendor's products wait for staff when they are new or become something else`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let applicant = try await stand.customer("new@example.com")
            try await stand.verifyAll()
            _ = try await applicant.send(
                "POST", "/api/vendors/register/", json: ["business_name": "New", "business_type": "company"])
            #expect(try await applicant.send("POST", "/api/products/", json: ["name": "x"]).status == 403)
            let vera = try await Self.seller("vera", stand, admin)
            let lamp = try await vera.product("Lamp", isApproved: false)
            let path = "/api/products/\(lamp)/"
            let isShown = { try await stand.anonymous.send("GET", path).status == 200 }
            let state = {
                try await vera.probe.send("GET", "/api/vendors/products/")["results"]?[0]?["approval_status"]?.text
            }
            #expect(try await !isShown())
            #expect(try await state() == "pending")
            let approve = { try await admin.send("PUT", "/api/admin/products/\(lamp)/approve/").status }
            #expect(try await approve() == 200)
            #expect(try await isShown())
            #expect(try await state() == "approved")
            let changes: [(JSONValue, Bool)] = [
                (["description": "Bright"], true), (["price": "15.00"], true), (["price": "22.51"], false),
                (["price": "1.00"], true), (["name": "Torch"], false), (["category": vera.category], true),
                (["tax_class": "reduced"], false), (["tax_class": "reduced"], true),
            ]
            for (change, stays) in changes {
                let answer = try await vera.probe.send("PATCH", path, json: change)
                #expect(answer.status == 200, "\(answer.text)")
                #expect(try await isShown() == stays, "\(change)")
                _ = try await approve()
            }
            let dear = try await vera.probe.send(
                "POST", path + "variants/", json: ["sku": "DEAR", "price": "1.51"])
            #expect(dear.status == 201, "\(dear.text)")
            #expect(try await !isShown(), "a way around the price")
            let no = try await admin.send("PUT", "/api/admin/products/\(lamp)/reject/", json: ["reason": "Not this"])
            #expect(no.status == 200)
            #expect(try await state() == "rejected")
            _ = try await vera.probe.send("PATCH", path, json: ["description": "Better"])
            #expect(try await state() == "pending", "what was rejected is looked at again")
            let self1 = try await vera.probe.send("PATCH", path, json: ["approval_status": "approved"])
            #expect(self1.status == 200)
            #expect(try await state() == "pending", "nobody approves their own")
            #expect(try await vera.probe.send("PUT", "/api/admin/products/\(lamp)/approve/").status == 403)
            let mails = { try await stand.mails(to: "vera@example.com") }
            try await poll("the mails", atMost: .seconds(30)) {
                try await mails().contains { $0.contains("We cannot show Torch") }
            }
            #expect(try await mails().contains { $0.contains("vera can sell now") })
        }
    }

    @Test(arguments: [Backend.sqlite])
    func `where vendors' products are approved by themselves, they are shown at once`(_ backend: Backend) async throws {
        try await withShop(backend, settings: ["VENDOR_AUTO_APPROVE": "true"]) { stand in
            let vera = try await Self.seller("vera", stand, try await stand.admin())
            let lamp = try await vera.product("Lamp", isApproved: false)
            #expect(try await stand.anonymous.send("GET", "/api/products/\(lamp)/").status == 200)
            _ = try await vera.probe.send("PATCH", "/api/products/\(lamp)/", json: ["name": "Torch", "price": "99.00"])
            #expect(try await stand.anonymous.send("GET", "/api/products/\(lamp)/").status == 200)
        }
    }

    @Test(arguments: Backend.available)
    func `each vendor sees and ships their own part of an order`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let (vera, hugo) = (
                try await Self.seller("vera", stand, admin), try await Self.seller("hugo", stand, admin)
            )
            let goods = [
                try await vera.product("Lamp"), try await vera.product("Bulb", price: "3.00"),
                try await hugo.product("Desk"), try await stand.product("Cup", stock: 9, by: admin),
            ]
            let buyer = try await stand.customer("buyer@example.com")
            try await stand.verifyAll()
            let (id, _) = try await Self.order(goods, by: buyer, stand, admin)
            let path = "/api/vendors/orders/\(id)/"
            let part = try await vera.probe.send("GET", path)
            #expect(part["items"]?.elements.map { $0["product_name"]?.text } == ["Lamp", "Bulb"], "\(part.text)")
            #expect(part["subtotal"]?.text == "26.00" && part["status"]?.text == "processing")
            #expect(part["shipping_address"]?["phone_number"]?.text == "+15550100", "the carrier wants it")
            #expect(part["commission"] == .null && part["earnings"] == .null)
            #expect(!part.text.contains("buyer@example.com") && !part.text.contains("Desk"))

            let review: JSONValue = ["rating": 4, "review_text": "Good", "order_id": .number(id)]
            #expect(try await buyer.send("POST", "/api/vendors/\(vera.id)/review/", json: review).status == 403)
            let shipped = try await vera.probe.send(
                "PUT", path + "update-status/",
                json: ["status": "shipped", "tracking_number": "T-1", "carrier": "Post", "note": "gone"])
            #expect(shipped.status == 200 && shipped["status"]?.text == "shipped", "\(shipped.text)")
            #expect(shipped["tracking_number"]?.text == "T-1" && shipped["carrier"]?.text == "Post")
            let again = try await vera.probe.send("PUT", path + "update-status/", json: ["status": "shipped"])
            #expect(again.status == 409 && again["allowed"]?.elements.map(\.text) == ["delivered"], "\(again.text)")
            let other = try await hugo.probe.send("GET", path)
            #expect(other["status"]?.text == "processing" && other["tracking_number"]?.text == "")
            #expect(other["items"]?.elements.count == 1)
            let whole = try await buyer.send("GET", "/api/orders/\(id)/")
            #expect(whole["status"]?.text == "processing", "the shop's part has not left")
            let entry = try await admin.send("GET", "/api/orders/\(id)/")["history"]?.elements.last
            #expect(entry?["actor"]?.text == "vendor" && entry?["note"]?.text == "gone")
            for list in ["", "?status=shipped", "?search=SKU-Lamp", "?search=\(whole["order_number"]?.text ?? "")"] {
                let found = try await vera.probe.send("GET", "/api/vendors/orders/\(list)")
                #expect(found["count"]?.number == 1, "\(list): \(found.text)")
                #expect(found["results"]?[0] == (try JSONValue(parsing: Array(shipped.text.utf8))), "\(found.text)")
            }
            for list in [
                "?status=processing", "?status=pending", "?search=SKU-Desk", "?search=buyer@example.com",
                "?until=2020-01-01", "?payment_status=paid",
            ] {
                #expect(
                    try await vera.probe.send("GET", "/api/vendors/orders/\(list)")["count"]?.number == 0, "\(list)")
            }
            let arrived = try await vera.probe.send("PUT", path + "update-status/", json: ["status": "delivered"])
            #expect(arrived["status"]?.text == "delivered", "\(arrived.text)")
            #expect(arrived["shipping_address"]?["phone_number"]?.text == "", "nothing is on its way any more")
            let said = try await buyer.send("POST", "/api/vendors/\(vera.id)/review/", json: review)
            #expect(said.status == 201 && said["user"]?["display_name"]?.text == "Test U.", "\(said.text)")
            #expect(try await buyer.send("POST", "/api/vendors/\(hugo.id)/review/", json: review).status == 403)
            let gone = try await hugo.probe.send(
                "PUT", path + "update-status/", json: ["status": "cancelled", "note": "none left"])
            #expect(gone.status == 200 && gone["status"]?.text == "cancelled", "\(gone.text)")
            let rest = try await admin.send("GET", "/api/orders/\(id)/")
            let desk = rest["items"]?.elements.first { $0["product_name"]?.text == "Desk" }
            #expect(desk?["status"]?.text == "cancelled" && desk?["cancelled_quantity"]?.number == 2, "\(rest.text)")
            #expect(rest["total"]?.text == "66.00", "what was ordered; the invoice is over what is left")
            let page = try await stand.anonymous.send("GET", "/api/vendors/vera/")
            #expect(page.text.contains("\"rating\":4") && page["products_count"]?.number == 2, "\(page.text)")
        }
    }

    @Test(arguments: Backend.available)
    func `a customer reviews a vendor as soon as one unit has come`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let vera = try await Self.seller("vera", stand, admin)
            let buyer = try await stand.customer("buyer@example.com")
            try await stand.verifyAll()
            let (id, placed) = try await Self.order([try await vera.product("Lamp")], by: buyer, stand, admin)
            let line = try #require(placed["items"]?[0]?["id"])
            let shipments = "/api/admin/orders/\(id)/shipments/"
            let parcel = try await admin.send(
                "POST", shipments, json: ["items": .array([["order_item_id": line, "quantity": 1]])])
            try #require(parcel.status == 201, "\(parcel.text)")
            let review: JSONValue = ["rating": 4, "review_text": "Good", "order_id": .number(id)]
            let early = try await buyer.send("POST", "/api/vendors/\(vera.id)/review/", json: review)
            #expect(early.status == 403 && early["code"]?.text == "purchase_required", "\(early.text)")
            let arrived = try await admin.send(
                "PUT", shipments + CommerceFixture.text(parcel["id"]) + "/deliver/")
            try #require(arrived.status == 200, "\(arrived.text)")
            let part = try await vera.probe.send("GET", "/api/vendors/orders/\(id)/")
            #expect(part["items"]?[0]?["status"]?.text == "processing", "the second unit has not left: \(part.text)")
            let said = try await buyer.send("POST", "/api/vendors/\(vera.id)/review/", json: review)
            #expect(said.status == 201, "\(said.text)")
        }
    }

    @Test(arguments: Backend.available)
    func `what a vendor sells counts at the rate of the approval, and goes to the vendor's account at the bank`(
        _ backend: Backend
    ) async throws {
        try await withShop(backend, settings: ["PAYOUT_HOLD_DAYS": "0", "PAYOUT_IBAN": "NL91ABNA0417164300"]) { stand in
            let admin = try await stand.admin()
            let vera = try await Self.seller("vera", stand, admin, approval: ["commission_rate": "0.2"])
            let account = try await vera.probe.send(
                "PATCH", "/api/vendors/profile/",
                json: [
                    "profile": [
                        "bank_account": [
                            "account_holder": "Vera", "bank_name": "Bank", "iban": "DE89 3704 0044 0532 0130 00",
                            "swift": "COBADEFFXXX",
                        ]
                    ]
                ])
            try #require(account.status == 200, "\(account.text)")
            let lamp = try await vera.product("Lamp")
            let buyer = try await stand.customer("buyer@example.com")
            let (id, placed) = try await Self.order([lamp], by: buyer, stand, admin)
            let total = try #require(placed["total"])
            let paid = try await admin.send("POST", "/api/admin/orders/\(id)/payment/", json: ["amount": total])
            try #require(paid.status == 200, "\(paid.text)")
            let path = "/api/vendors/orders/\(id)/"
            for status in ["shipped", "delivered"] {
                let moved = try await vera.probe.send(
                    "PUT", path + "update-status/", json: ["status": .string(status)])
                try #require(moved.status == 200, "\(moved.text)")
            }
            let list = try await vera.probe.send("GET", "/api/vendors/orders/")
            let part = try await vera.probe.send("GET", path)
            #expect(part["commission"]?.text == "4.00" && part["earnings"]?.text == "16.00", "\(part.text)")
            #expect(list["results"]?.elements == [part.json], "\(list.text)")
            let board = try await vera.probe.send("GET", "/api/vendors/dashboard/")
            #expect(board["total_sales"]?.text == "20.00", "\(board.text)")
            #expect(board["available_balance"]?.text == "16.00", "\(board.text)")
            let shown = try await admin.send("GET", "/api/admin/vendors/\(vera.id)/")
            #expect(shown["total_sales"]?.text == "20.00" && shown["total_products"]?.number == 1, "\(shown.text)")
            let run = try await admin.send(
                "POST", "/api/admin/vendors/payouts/process/",
                json: ["period_start": "2020-01-01", "period_end": "2099-12-31"])
            #expect(run["payouts"]?[0]?["amount"]?.text == "16.00", "\(run.text)")
            #expect(run["payouts"]?[0]?["payout_method"]?.text == "bank_transfer", "\(run.text)")
            let file = try await admin.send("GET", "/api/admin/payouts/export/")
            #expect(file.text.contains("DE89370400440532013000"), "\(file.text)")
            let made = try await admin.send("POST", "/api/admin/payouts/export/")
            let message = try #require(made["message_id"]?.text, "\(made.text)")
            let bank = try await admin.send("GET", "/api/admin/payouts/export/?format=pain.001&message=\(message)")
            #expect(bank.text.contains("<IBAN>DE89370400440532013000</IBAN>"), "\(bank.text)")
            #expect(bank.text.contains("<InstdAmt Ccy=\"USD\">16.00</InstdAmt>"), "\(bank.text)")
        }
    }

    @Test(arguments: Backend.available)
    func `a suspended vendor's products are gone at once, and orders go on`(_ backend: Backend) async throws {
        try await withShop(backend) { stand in
            let admin = try await stand.admin()
            let vera = try await Self.seller("vera", stand, admin)
            let lamp = try await vera.product("Lamp")
            let hidden = try await vera.product("Shade", isApproved: false)
            _ = try await stand.product("Lampstand", stock: 3, by: admin)
            let buyer = try await stand.customer("buyer@example.com")
            let (id, _) = try await Self.order([lamp], by: buyer, stand, admin)
            _ = try await buyer.send(
                "POST", "/api/cart/add/", json: ["product_id": .number(String(lamp)), "quantity": 1])
            let counts = {
                var counts: [Int?] = []
                for query in ["", "?search=lamp", "?vendor=vera", "?facets=1&search=lamp"] {
                    counts.append(try await stand.anonymous.send("GET", "/api/products/\(query)")["count"]?.number)
                }
                counts.append(try await stand.anonymous.send("GET", "/api/products/\(lamp)/").status)
                counts.append(try await stand.anonymous.send("GET", "/api/vendors/\(vera.id)/").status)
                return counts
            }
            let (open, shut): ([Int?], [Int?]) = ([2, 2, 1, 2, 200, 200], [1, 1, 0, 1, 404, 404])
            #expect(try await counts() == open)
            let suspend = {
                try await admin.send("PUT", "/api/admin/vendors/\(vera.id)/suspend/", json: ["reason": "x"])
            }
            #expect(try await suspend().status == 200)
            #expect(try await counts() == shut)
            let late = try await buyer.send(
                "POST", "/api/orders/",
                json: ["shipping_address_id": try await stand.address(of: buyer), "payment_method": "cod"])
            #expect(late.status == 409, "it was in the cart: \(late.text)")
            for (method, path, body) in [
                (
                    "POST", "/api/products/",
                    ["name": "x", "sku": "x", "price": "1", "category": vera.category] as JSONValue
                ),
                ("PATCH", "/api/products/\(lamp)/", ["price": "1.00"]),
            ] {
                let refused = try await vera.probe.send(method, path, json: body)
                #expect(refused.status == 403 && refused["code"]?.text == "vendor_not_approved", "\(refused.text)")
            }
            for list in ["profile", "orders", "products"] {
                #expect(try await vera.probe.send("GET", "/api/vendors/\(list)/").status == 200, "\(list)")
            }
            // Staff's own changes do not bring them back.
            _ = try await admin.send("PATCH", "/api/products/\(lamp)/", json: ["description": "x"])
            _ = try await admin.send("PATCH", "/api/categories/by-vera/", json: ["is_active": .bool(false)])
            _ = try await admin.send("PATCH", "/api/categories/by-vera/", json: ["is_active": .bool(true)])
            #expect(try await counts() == shut)
            let shipped = try await vera.probe.send(
                "PUT", "/api/vendors/orders/\(id)/update-status/", json: ["status": "shipped"])
            #expect(shipped.status == 200, "an order in flight goes on: \(shipped.text)")
            let back = try await admin.send("PUT", "/api/admin/vendors/\(vera.id)/reinstate/")
            #expect(back.status == 200)
            #expect(try await counts() == open)
            #expect(try await stand.anonymous.send("GET", "/api/products/\(hidden)/").status == 404)
        }
    }

    @Test(arguments: Backend.available)
    func `what a vendor makes while they are suspended is never shown`(_ backend: Backend) async throws {
        let rounds = ProcessInfo.processInfo.environment["KONTOR_RACE_ROUNDS"].flatMap { Int($0) } ?? 6
        try await withShop(backend, settings: ["VENDOR_AUTO_APPROVE": "true"]) { stand in
            let admin = try await stand.admin()
            let vera = try await Self.seller("vera", stand, admin)
            for round in 1...rounds {
                await withTaskGroup(of: Void.self) { group in
                    group.addTask {
                        _ = try? await admin.send(
                            "PUT", "/api/admin/vendors/\(vera.id)/suspend/", json: ["reason": "x"])
                    }
                    for number in 1...3 {
                        group.addTask {
                            _ = try? await vera.probe.send(
                                "POST", "/api/products/",
                                json: [
                                    "name": "N", "sku": .string("R\(round)-\(number)"), "price": "1.00",
                                    "category": vera.category,
                                ])
                        }
                    }
                }
                let listed = try await stand.shop.installation.database.read {
                    try $0.value("SELECT COUNT(*) FROM products WHERE is_listed = 1", as: Int.self)
                }
                #expect(listed == 0, "round \(round)")
                let back = try await admin.send("PUT", "/api/admin/vendors/\(vera.id)/reinstate/")
                #expect(back.status == 200)
                let hidden = try await stand.shop.installation.database.read {
                    try $0.value("SELECT COUNT(*) FROM products WHERE is_listed = 0", as: Int.self)
                }
                #expect(hidden == 0, "round \(round)")
            }
        }
    }
}

extension ShopHarness {
    /// The subjects of the mails to an address.
    fileprivate func mails(to recipient: String) async throws -> [String] {
        try await shop.installation.database.read {
            try $0.column("SELECT subject FROM mailbox WHERE recipient = \(recipient) ORDER BY id", as: String.self)
        }
    }
}
