import AppHarness
import Commerce
import HTTPTypes
import Primitives
import SQL
import TestSupport
import Testing
import Web

/// How the databases run the statements of the endpoints that a shop lives on, over tables too large to be read whole.
@Suite(.timeLimit(.minutes(12)))
struct HotPlanTests {
    /// The tables that a shop has few rows of, by name and by what statements call them.
    private static let small: Set<String> = [
        "warehouses", "w", "categories", "n", "tax_rates", "shipping_methods", "t", "m", "catalog_revision",
    ]

    @Test(arguments: Backend.available)
    func `lists of orders walk an index and sort nothing`(_ backend: Backend) async throws {
        try await withBusyShop(backend) { shop, buyer in
            let staff = CheckoutHarness.admin
            try await shop.expectIndexed(mayReadAll: Self.small) {
                _ = try await shop.ok(.get, "/api/orders/", as: buyer)
                _ = try await shop.ok(.get, "/api/orders/?page=3", as: buyer)
                _ = try await shop.ok(.get, "/api/admin/orders/", as: staff)
                _ = try await shop.ok(.get, "/api/admin/orders/?status=shipped", as: staff)
                _ = try await shop.ok(.get, "/api/admin/orders/?payment_status=failed", as: staff)
                _ = try await shop.ok(.get, "/api/admin/orders/?payment_method=cod", as: staff)
                _ = try await shop.ok(.get, "/api/admin/orders/?payment_method=cod&payment_status=failed", as: staff)
                _ = try await shop.ok(.get, "/api/admin/orders/?ordering=-total", as: staff)
                _ = try await shop.ok(.get, "/api/admin/orders/?status=shipped&ordering=total", as: staff)
                _ = try await shop.ok(.get, "/api/admin/orders/?from=2026-12-01T00:00:00Z", as: staff)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `lists of returns and coupons walk an index and sort nothing`(_ backend: Backend) async throws {
        try await withBusyShop(backend) { shop, _ in
            try await BusyRows(shop).writeCoupons()
            let staff = CheckoutHarness.admin
            // What coupons are linked to is in tables that stay empty here. A search looks at each coupon (`c`).
            let small = Self.small.union(["coupon_categories", "coupon_products", "coupon_users"])
            for narrowing in ["", "status=approved", "status=received&page=9"] {
                for ordering in ["created_at", "updated_at"].flatMap({ [$0, "-" + $0] }) {
                    try await shop.expectIndexed(mayReadAll: small) {
                        _ = try await shop.ok(
                            .get, "/api/admin/returns/?\(narrowing)&ordering=\(ordering)", as: staff)
                    }
                }
            }
            for narrowing in ["", "is_active=false", "discount_type=fixed_amount&page=2", "search=code-7"] {
                for ordering in ["created_at", "code", "valid_until", "used_count"].flatMap({ [$0, "-" + $0] }) {
                    try await shop.expectIndexed(mayReadAll: narrowing.contains("search") ? small.union(["c"]) : small)
                    {
                        let list = try await shop.ok(
                            .get, "/api/admin/coupons/?\(narrowing)&ordering=\(ordering)", as: staff)
                        #expect(list.json.int("count") > 0)
                    }
                }
            }
        }
    }

    @Test(arguments: Backend.available)
    func `an order, a cart and their search are found by their keys`(_ backend: Backend) async throws {
        try await withBusyShop(backend) { shop, buyer in
            let staff = CheckoutHarness.admin
            // What a search finds, and the returns of one order, are few and are sorted.
            try await shop.expectIndexed(mayReadAll: Self.small.union(["found", "page"]), maySort: true) {
                _ = try await shop.ok(.get, "/api/orders/N79/", as: buyer)
                _ = try await shop.ok(.get, "/api/orders/79/returns/", as: buyer)
                _ = try await shop.ok(.get, "/api/orders/79/notes/", as: buyer)
                _ = try await shop.ok(.get, "/api/admin/orders/?search=N77", as: staff)
                _ = try await shop.ok(.get, "/api/admin/orders/?search=user3@example.com", as: staff)
                _ = try await shop.ok(.get, "/api/admin/orders/?search=SKU-40", as: staff)
                _ = try await shop.ok(.get, "/api/admin/returns/?status=approved", as: staff)
                _ = try await shop.ok(.get, "/api/cart/", as: buyer)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `buying reads by key alone`(_ backend: Backend) async throws {
        try await withBusyShop(backend) { shop, buyer in
            _ = try await shop.coupon(#""code": "TEN", "discount_type": "percentage", "discount_value": "10""#)
            try await shop.expectIndexed(mayReadAll: Self.small) {
                for product in [11, 12, 13] { #expect(try await shop.fill(Int64(product), as: buyer).status == 201) }
                _ = try await shop.ok(.post, "/api/coupons/apply/", #"{"code": "ten"}"#, as: buyer)
                _ = try await shop.ok(
                    .post, "/api/cart/quote/", #"{"shipping_address": {"country": "GB"}}"#, as: buyer)
                let order = try await shop.order(buyer)
                #expect(order.status == 201)
                _ = try await shop.ok(.put, "/api/orders/\(order.id)/cancel/", as: buyer)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `stock, movements and alerts are found by index`(_ backend: Backend) async throws {
        try await withBusyShop(backend) { shop, _ in
            let staff = CheckoutHarness.admin
            try await shop.expectIndexed(mayReadAll: Self.small) {
                _ = try await shop.ok(.get, "/api/inventory/stock/?page=2", as: staff)
                _ = try await shop.ok(.get, "/api/inventory/stock/40/", as: staff)
                _ = try await shop.ok(.get, "/api/inventory/movements/?page=2", as: staff)
                _ = try await shop.ok(.get, "/api/inventory/movements/?product=40", as: staff)
                _ = try await shop.ok(.get, "/api/inventory/movements/?warehouse=1", as: staff)
                _ = try await shop.ok(.get, "/api/inventory/alerts/?is_resolved=false", as: staff)
            }
        }
    }

    @Test(arguments: Backend.available)
    func `a report of a month reads that month`(_ backend: Backend) async throws {
        try await withBusyShop(backend) { shop, _ in
            for grouping in ["day", "product", "category", "vendor", "coupon"] {
                try await shop.expectIndexed(mayReadAll: Self.small.union(["summed"]), maySort: true) {
                    _ = try await shop.ok(
                        .get, "/api/admin/reports/sales/?group_by=\(grouping)&from=2026-11-01&to=2026-11-30",
                        as: CheckoutHarness.admin)
                }
            }
        }
    }

    /// Returns a shop with 4,000 orders over two years, of which every hundredth has shipped, and a buyer with 100 of
    /// them.
    private func withBusyShop(
        _ backend: Backend, _ body: @Sendable (CheckoutHarness, Identity) async throws -> Void
    ) async throws {
        try await CheckoutHarness.with(backend, audits: false) { shop in
            var buyer = CheckoutHarness.admin
            for id in 1...40 { buyer = try await shop.user(Int64(id)) }
            for id in 1...60 { try await shop.product(Int64(id), stock: 1_000) }
            try await BusyRows(shop).write()
            try await body(shop, buyer)
        }
    }
}

extension CheckoutHarness {
    /// Returns an answer that has to be a success.
    fileprivate func ok(
        _ method: HTTPRequest.Method, _ target: String, _ body: String = "", as identity: Identity
    ) async throws -> Answer {
        let answer = try await call(method, target, body, as: identity)
        try #require((200...299).contains(answer.status), "\(target): \(answer.json)")
        return answer
    }

    fileprivate func expectIndexed(
        mayReadAll small: Set<String>, maySort: Bool = false, _ body: () async throws -> Void
    ) async throws {
        let found = try await PlanReader(database: database).findings(body)
        for finding in found where finding.isSort ? !maySort : !(finding.isCount || small.contains(finding.table)) {
            Issue.record("\(finding)")
        }
    }
}

/// Rows enough for the databases to choose indexes.
struct BusyRows {
    let shop: CheckoutHarness
    static let orders = 4_000

    init(_ shop: CheckoutHarness) {
        self.shop = shop
    }

    func write() async throws {
        try await writeOrders()
        try await writeParts()
        try await analyze(
            """
            orders, order_items, stock_movements, returns, carts, stock_alerts, stock, products, reservations
            """)
    }

    func writeOrders() async throws {
        let address = #"{"full_name":"A","country":"GB"}"#
        try await insert(
            "orders",
            """
            id, order_number, cart_key, user_id, email, status, payment_status, payment_method, currency, subtotal,
            discount_amount, shipping_cost, tax, total, tax_inclusive, tax_lines, shipping_address, billing_address, units,
            created_at, updated_at
            """
        ) { number in
            let moment = (CheckoutHarness.start - .hours(Int64(Self.orders - number) * 4)).microseconds
            let user = Int64(number % 40 + 1)
            return [
                .integer(Int64(number)), .text("N\(number)"), .text("old:\(number)"), .integer(user),
                .text("user\(user)@example.com"), .text(number % 100 == 0 ? "shipped" : "delivered"),
                .text(number % 200 == 0 ? "failed" : "paid"), .text("card"), .text("USD"), .integer(1_000), .integer(0),
                .integer(0), .integer(0), .integer(1_000), .integer(0), .text("[]"), .text(address), .text(address),
                .integer(1), .integer(moment), .integer(moment),
            ]
        }
    }

    private func writeParts() async throws {
        try await insert(
            "order_items",
            """
            order_id, product_id, variant_key, product_name, sku, options, tax_class, quantity, price, subtotal, discount,
            tax, status
            """
        ) { number in
            let product = number % 60 + 1
            return [
                .integer(Int64(number)), .integer(Int64(product)), .integer(0), .text("P"), .text("SKU-\(product)"),
                .text("[]"), .text("standard"), .integer(1), .integer(1_000), .integer(1_000), .integer(0), .integer(0),
                .text("delivered"),
            ]
        }
        try await insert(
            "stock_movements",
            """
            product_id, variant_key, warehouse_id, movement_type, quantity, created_at, notes
            """
        ) { number in
            [
                .integer(Int64(number % 60 + 1)), .integer(0), .integer(1), .text("adjustment"), .integer(0),
                .integer(Int64(number)), .text(String(repeating: "counted ", count: 50)),
            ]
        }
        try await insert(
            "reservations", "order_id, product_id, variant_key, warehouse_id, quantity, state, created_at"
        ) { number in
            [
                .integer(Int64(number)), .integer(Int64(number % 60 + 1)), .integer(0), .integer(1), .integer(1),
                .text("fulfilled"), .integer(0),
            ]
        }
        try await insert("returns", "order_id, status, note, created_at, updated_at") { number in
            [
                .integer(Int64(number)), .text(number % 100 == 0 ? "approved" : "received"), .text(""),
                .integer(Int64(number)), .integer(Int64(number)),
            ]
        }
        try await insert("carts", "owner_key, user_id, status, notices, created_at, updated_at") { number in
            [
                .text("o:\(number + 100_000)"), .integer(Int64(number % 40 + 1)), .text("ordered"), .text("[]"),
                .integer(Int64(number)), .integer(Int64(number)),
            ]
        }
        try await insert(
            "stock_alerts",
            """
            stock_id, product_id, variant_key, warehouse_id, alert_type, threshold_quantity, current_quantity, is_live,
            is_resolved, created_at
            """
        ) { number in
            [
                .integer(Int64(number % 60 + 1)), .integer(Int64(number % 60 + 1)), .integer(0), .integer(1),
                .text("low_stock"), .integer(1), .integer(0), .integer(0), .integer(number % 50 == 0 ? 0 : 1),
                .integer(Int64(number)),
            ]
        }
    }

    func writeCoupons() async throws {
        try await insert(
            "coupons",
            """
            code, description, discount_type, discount_value, used_count, valid_until, is_active, applicable_to, created_at,
            updated_at
            """
        ) { number in
            let (moment, isOdd) = (Int64(number), number % 100 == 0)
            return [
                .text("CODE-\(number)"), .text("Coupon"), .text(isOdd ? "fixed_amount" : "percentage"), .integer(1),
                .integer(moment % 97), number % 3 == 0 ? .null : .integer(moment), .integer(isOdd ? 0 : 1),
                .text("all"),
                .integer(moment), .integer(moment),
            ]
        }
        try await analyze("coupons")
    }

    /// Has MySQL look at how the rows of these tables are spread.
    func analyze(_ tables: StaticString) async throws {
        try await shop.database.write { tx in
            if tx.dialect == .mysql { _ = try tx.rows("ANALYZE TABLE \(Query(tables))") }
        }
    }

    /// Inserts a row for each number from 1 to ``orders``.
    func insert(_ table: StaticString, _ columns: StaticString, _ row: (Int) -> [SQLValue]) async throws {
        for start in stride(from: 1, through: Self.orders, by: 500) {
            let rows = (start..<start + 500).map(row)
            try await shop.execute("INSERT INTO \(Query(table)) (\(Query(columns))) VALUES \(rows: rows)")
        }
    }
}
