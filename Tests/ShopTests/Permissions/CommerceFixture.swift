import KontorApp
import Primitives
import SQL
import Synchronization
import TestSupport
import Testing

/// What the placeholders of a table stand for: made anew for each call, so that no row lives on what another left.
struct CommerceFixture: Sendable {
    let cast: TestAccounts
    /// Where the orders go; rows get an address of their own.
    private let home: String
    /// The vendor that the cast's vendor manages.
    let vendorID: Int
    /// Of which a placeholder of the resource's name is a row.
    let resources: StaffResources
    private let counter = Counter()

    final class Counter: Sendable {
        private let value = Mutex(0)

        func next() -> Int {
            value.withLock {
                $0 += 1
                return $0
            }
        }
    }

    init(_ cast: TestAccounts) async throws {
        self.cast = cast
        resources = try StaffResources(cast.stand)
        home = Self.text(try await cast.stand.address(of: cast[.owner]))
        let vendor = try await cast.admin.send(
            "POST", "/api/admin/vendors/",
            json: ["name": "Vera", "user": .number(String(try await cast.id(of: .vendor)))])
        vendorID = try #require(vendor["id"]?.number)
    }

    /// Returns a number that nothing else has.
    func next() -> Int { counter.next() }

    /// Returns the values of these placeholders.
    func values(for names: Set<String>) async throws -> [String: String] {
        var values = ["n": String(counter.next())]
        for name in names.sorted() where values[name] == nil {
            values.merge(try await make(name)) { $1 }
        }
        return values
    }

    /// Empties the cart, and puts something into it where the row wants it so.
    func prepareCart(of part: TestAccounts.Part, filled: Bool) async throws {
        guard part != .anonymous else { return }
        _ = try await cast[part].send("DELETE", "/api/cart/clear/")
        if filled { _ = try await item(of: part) }
    }

    private func make(_ name: String) async throws -> [String: String] {
        switch name {
        case "product", "slug", "variant", "image", "stock": try await product()
        case "own": ["own": try await product(ofVendor: true)["product"] ?? ""]
        case "sold": ["sold": try await product(ofVendor: true)["sku"] ?? ""]
        case "category", "branch": try await category()
        case "item": ["item": try await item(of: .owner)]
        case "wish": ["wish": try await wish()]
        case "order", "order_item": try await order()
        case "address": ["address": Self.text(try await cast.stand.address(of: cast[.owner]))]
        case "taken": ["taken": try await order(upTo: "processing")["order"] ?? ""]
        case "shipped", "shipped_item", "shipment": try await shipped()
        case "return", "return_item", "returned": try await sentBack()
        case "approved", "approved_item": try await sentBack(approved: true)
        case "credited", "credit": try await received()
        case "cancelled": ["cancelled": try await cancelledPaid()]
        case "reduced", "cancellation": try await reducedPaid()
        case "coupon", "code": try await coupon()
        case "rate": ["rate": try await posted("/api/admin/tax-rates/", Self.rate)]
        case "warehouse": ["warehouse": try await posted("/api/inventory/warehouses/", Self.warehouse)]
        case "alert": ["alert": try await alert()]
        case "import_products", "import_categories", "import_stock":
            [name: try await imported(String(name.dropFirst("import_".count)))]
        case "arriving_products", "arriving_categories", "arriving_stock":
            [name: try await arriving(String(name.dropFirst("arriving_".count)))]
        case "main": ["main": "1"]
        case "session": ["session": try await session()]
        case "user": ["user": try await user()]
        case "colleague": ["colleague": String(try await cast.id(of: .staff))]
        case "locked": ["locked": try await user(hasFactor: true)]
        case "group": ["group": try await posted("/api/admin/groups/", #"{"name": "G{n}"}"#)]
        case "number": ["number": try await order(number: true)["order"] ?? ""]
        case "webhook", "delivery": try await webhook(name)
        case "dead_job", "message", "entry": try await system(name)
        case "vendor", "document", "vended", "received", "vendor_review", "applicant", "selling", "suspended":
            try await vendors(name)
        default:
            if let resource = resources[name] {
                [name: try await posted(resource.path, resource.json)]
            } else if let found = try await review(name) {
                found
            } else if let found = try await market(name) {
                found
            } else {
                try await payment(name)
            }
        }
    }

    struct Unknown: Error { let name: String }

    static let coupon = #"{"code": "C{n}", "discount_type": "percentage", "discount_value": "5"}"#
    static let rate = #"{"name": "R{n}", "country": "FR", "tax_class": "c{n}", "rate": "0.1"}"#
    static let warehouse = #"{"code": "W{n}", "name": "Cellar"}"#

    /// Posts as the administrator and gives the id of what was made.
    private func posted(_ path: String, _ json: String) async throws -> String {
        Self.text(try await sent("POST", path, json, by: cast.admin)["id"])
    }

    func sent(_ method: String, _ path: String, _ json: String, by probe: HTTPProbe) async throws
        -> ProbeResponse
    {
        let answer = try await PermissionRow(method + " " + path, "", json).send(
            by: probe, ["n": String(counter.next())])
        try #require((200...299).contains(answer.status), "\(method) \(path): \(answer.text)")
        return answer
    }

    static func text(_ value: JSONValue?) -> String {
        switch value {
        case .number(let digits): digits
        case .string(let text): text
        default: ""
        }
    }
}

extension CommerceFixture {
    private func coupon() async throws -> [String: String] {
        let made = try await sent("POST", "/api/admin/coupons/", Self.coupon, by: cast.admin)
        return ["coupon": Self.text(made["id"]), "code": Self.text(made["code"])]
    }

    private func product(ofVendor: Bool = false) async throws -> [String: String] {
        let category = try await category()["category"] ?? ""
        let vendor = ofVendor ? #", "vendor": \#(vendorID)"# : ""
        let variants = ofVendor ? "" : #", "variants": [{"sku": "V{n}", "options": [{"type": "a", "value": "b"}]}]"#
        let made = try await sent(
            "POST", "/api/products/",
            #"{"name": "P{n}", "sku": "P{n}", "price": "10.00", "category": \#(category)\#(vendor)\#(variants)"#
                + #", "stock_quantity": \#(ofVendor ? 100 : 0)}"#, by: cast.admin)
        let id = Self.text(made["id"])
        let image = try await PermissionRow(
            "POST /api/products/\(id)/images/", "", .form(part: "image", CommerceTable.picture)
        ).send(by: cast.admin, [:])
        let stock = try await cast.stand.shop.installation.database.read { connection in
            try connection.value("SELECT id FROM stock WHERE product_id = \(id)", as: Int.self) ?? 0
        }
        return [
            "product": id, "slug": Self.text(made["slug"]), "sku": Self.text(made["sku"]),
            "variant": Self.text(made["variants"]?[0]?["id"]),
            "image": Self.text(image["id"]), "stock": String(stock),
        ]
    }

    private func category() async throws -> [String: String] {
        let made = try await sent("POST", "/api/categories/", #"{"name": "Category {n}"}"#, by: cast.admin)
        return ["category": Self.text(made["id"]), "branch": Self.text(made["slug"])]
    }

    /// Returns a line of a cart, of something without variants.
    private func item(of part: TestAccounts.Part) async throws -> String {
        let product = try await product(ofVendor: true)["product"] ?? ""
        let cart = try await sent(
            "POST", "/api/cart/add/", #"{"product_id": \#(product), "quantity": 2}"#, by: cast[part])
        return Self.text(cart["items"]?[0]?["id"])
    }

    /// Returns an item of the owner's wishlist.
    private func wish() async throws -> String {
        let product = try await product(ofVendor: true)["product"] ?? ""
        let list = try await sent("POST", "/api/wishlist/add/", #"{"product_id": \#(product)}"#, by: cast[.owner])
        return Self.text(list["items"]?.elements.last?["id"])
    }

    func order(
        upTo status: String? = nil, number: Bool = false, paidBy method: String = "cod"
    ) async throws -> [String: String] {
        try await prepareCart(of: .owner, filled: true)
        let placed = try await sent(
            "POST", "/api/orders/", #"{"shipping_address_id": \#(home), "payment_method": "\#(method)"}"#,
            by: cast[.owner])
        let id = Self.text(placed[number ? "order_number" : "id"])
        if let status {
            _ = try await sent("PUT", "/api/admin/orders/\(id)/status/", #"{"status": "\#(status)"}"#, by: cast.admin)
        }
        return ["order": id, "order_item": Self.text(placed["items"]?[0]?["id"])]
    }

    private func shipped() async throws -> [String: String] {
        let order = try await order(upTo: "processing")
        let id = order["order"] ?? ""
        let parcel = try await sent("POST", "/api/admin/orders/\(id)/shipments/", "{}", by: cast.admin)
        return [
            "shipped": id, "shipped_item": order["order_item"] ?? "", "shipment": Self.text(parcel["id"]),
        ]
    }

    private func sentBack(approved: Bool = false) async throws -> [String: String] {
        let order = try await shipped()
        let id = order["shipped"] ?? ""
        _ = try await sent("PUT", "/api/admin/orders/\(id)/status/", #"{"status": "delivered"}"#, by: cast.admin)
        let asked = try await sent(
            "POST", "/api/orders/\(id)/returns/",
            #"{"items": [{"order_item_id": \#(order["shipped_item"] ?? ""), "quantity": 1}]}"#, by: cast[.owner])
        let (back, part) = (Self.text(asked["id"]), Self.text(asked["items"]?[0]?["id"]))
        guard approved else { return ["returned": id, "return": back, "return_item": part] }
        _ = try await sent("POST", "/api/admin/returns/\(back)/approve/", "{}", by: cast.admin)
        return ["returned": id, "approved": back, "approved_item": part]
    }

    private func received() async throws -> [String: String] {
        let found = try await sentBack(approved: true)
        let id = found["approved"] ?? ""
        _ = try await sent(
            "POST", "/api/admin/returns/\(id)/receive/",
            #"{"items": [{"return_item_id": \#(found["approved_item"] ?? ""), "quantity": 1}]}"#, by: cast.admin)
        return ["credited": found["returned"] ?? "", "credit": id]
    }

    private func cancelledPaid() async throws -> String {
        let id = try await order()["order"] ?? ""
        _ = try await sent("POST", "/api/admin/orders/\(id)/payment/", #"{"amount": "20.00"}"#, by: cast.admin)
        _ = try await sent("PUT", "/api/orders/\(id)/cancel/", "{}", by: cast[.owner])
        return id
    }

    /// Returns an order of two pieces of which one was cancelled after it had been paid.
    private func reducedPaid() async throws -> [String: String] {
        let order = try await order()
        let id = order["order"] ?? ""
        _ = try await sent("POST", "/api/admin/orders/\(id)/payment/", #"{"amount": "20.00"}"#, by: cast.admin)
        _ = try await sent(
            "POST", "/api/admin/orders/\(id)/cancel-rest/",
            #"{"items": [{"order_item_id": \#(order["order_item"] ?? ""), "quantity": 1}]}"#, by: cast.admin)
        let found = try await sent("GET", "/api/orders/\(id)/cancellations/", "", by: cast.admin)
        return ["reduced": id, "cancellation": Self.text(found["results"]?[0]?["id"])]
    }

    private func alert() async throws -> String {
        let own = try await product(ofVendor: true)
        _ = try await sent(
            "PATCH", "/api/inventory/levels/\(own["stock"] ?? "")/", #"{"reorder_level": 500}"#, by: cast.admin)
        let found = try await sent(
            "GET", "/api/inventory/alerts/?product=\(own["product"] ?? "")", "", by: cast.admin)
        return Self.text(found["results"]?[0]?["id"])
    }

    /// Returns a session of the owner beside the one that they speak in.
    private func session() async throws -> String {
        _ = try await sent(
            "POST", "/api/auth/login/", #"{"email": "owner@example.com", "password": "\#(ShopHarness.password)"}"#,
            by: cast[.anonymous])
        let list = try await sent("GET", "/api/auth/sessions/", "", by: cast[.owner])
        return Self.text(list["results"]?.elements.first { $0["is_current"] == .bool(false) }?["id"])
    }

    /// Returns a user who is nobody of the cast.
    private func user(hasFactor: Bool = false) async throws -> String {
        try await cast.stand.shop.installation.database.write { [number = counter.next()] tx in
            let id = try tx.insert(
                """
                INSERT INTO users (email, role, created_at, updated_at)
                VALUES (\("extra\(number)@example.com"), 'customer', 0, 0)
                """)
            try tx.execute("INSERT INTO user_profiles (user_id) VALUES (\(id))")
            if hasFactor {
                try tx.execute(
                    "INSERT INTO two_factor (user_id, is_enabled, secret, created_at) VALUES (\(id), 1, 'x', 0)")
            }
            return String(id)
        }
    }

    /// Returns an import whose rows are still coming, so that it has not ended by itself.
    private func arriving(_ table: String) async throws -> String {
        try await cast.stand.shop.installation.database.write { tx in
            String(
                try tx.insert(
                    """
                    INSERT INTO imports (kind, file_name, is_dry_run, status, header, created_at)
                    VALUES (\(table), 'a.csv', 0, 'receiving', '[]', \(TimeSource.machine.now))
                    """))
        }
    }

    private func imported(_ table: String) async throws -> String {
        let file = "\(table == "categories" ? "slug" : "sku")\nnothing\n"
        let answer = try await PermissionRow(
            "POST /api/admin/\(table)/imports/", "", .form(part: "file", Array(file.utf8))
        ).send(by: cast.admin, [:])
        return Self.text(answer["id"])
    }
}
