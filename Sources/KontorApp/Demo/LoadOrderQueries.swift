import Commerce
import Primitives
import SQL

/// Orders of the past in bulk, for load tests: rows as years of selling leave them, without going through the shop.
struct LoadOrderQueries {
    /// Orders are spread evenly over so many days before now.
    static let days = 730

    let random: RandomSource
    let now: Timestamp
    let currency: String
    let users: (first: Int64, count: Int)
    /// Ids and prices that lines are drawn from.
    let products: [(id: ProductID, price: Money)]

    static func products(_ connection: Connection) throws -> [(id: ProductID, price: Money)] {
        try connection.all("SELECT id, price FROM products WHERE has_variants = 0 ORDER BY id") {
            (try $0(), try $0())
        }
    }

    static func firstUser(_ connection: Connection) throws -> Int64? {
        try connection.value("SELECT id FROM users WHERE email = 'user1@example.com'")
    }

    /// Returns how many orders of ours are there.
    static func count(_ connection: Connection) throws -> Int {
        try connection.value("SELECT COUNT(*) FROM orders WHERE cart_key >= 'load:' AND cart_key < 'load;'") ?? 0
    }

    static func lastOrder(_ connection: Connection) throws -> Int64 {
        try connection.value("SELECT COALESCE(MAX(id), 0) FROM orders") ?? 0
    }

    /// Writes the orders of `numbers`, out of `count` altogether, behind the order `last`.
    func insert(_ numbers: Range<Int>, of count: Int, behind last: Int64, _ tx: Transaction) throws {
        var (orders, items): ([[SQLValue]], [[SQLValue]]) = ([], [])
        for number in numbers {
            let id = last + Int64(number) + 1
            let lines = (0...random.number(below: 3)).map { _ in products[random.number(below: products.count)] }
            let distinct = Dictionary(lines.map { ($0.id, $0.price) }) { first, _ in first }.sorted { $0.key < $1.key }
            let subtotal = try distinct.map(\.value).total()
            orders.append(order(id, number, of: count, subtotal: subtotal, units: distinct.count))
            items += distinct.map { item(id, $0.key, $0.value) }
        }
        try tx.execute(
            """
            INSERT INTO orders (id, order_number, cart_key, user_id, email, status, payment_status, payment_method,
            currency, subtotal, discount_amount, shipping_cost, tax, total, tax_inclusive, tax_lines, coupon_code,
            shipping_address, billing_address, units, created_at, updated_at) VALUES \(rows: orders)
            """)
        try tx.execute(
            """
            INSERT INTO order_items (order_id, product_id, variant_key, product_name, sku, options, tax_class, quantity,
            price, subtotal, discount, tax, status) VALUES \(rows: items)
            """)
        guard !numbers.isEmpty else { return }
        try LoadPaymentQueries.insert((last + Int64(numbers.lowerBound) + 1)...(last + Int64(numbers.upperBound)), tx)
    }

    private func order(_ id: Int64, _ number: Int, of count: Int, subtotal: Money, units: Int) -> [SQLValue] {
        let age = TimeSpan.days(Int64(Self.days)).microseconds / Int64(max(1, count)) * Int64(count - number)
        let moment = now - TimeSpan(microseconds: age)
        let user = users.first + Int64(number % max(1, users.count))
        let statuses: [(status: String, payment: String)] =
            number + 500 > count
            ? [("pending", "pending"), ("processing", "paid"), ("shipped", "paid")]
            : number % 20 == 0 ? [("cancelled", "pending")] : [("delivered", "paid")]
        let state = statuses[number % statuses.count]
        let address = #"{"full_name":"User","address_line1":"1 Main Street","city":"Springfield","country":"US"}"#
        return .row(
            id, "L\(id)", "load:\(id)", user,
            "user\(number % max(1, users.count) + 1)@example.com", state.status, state.payment,
            number % 3 == 0 ? "cod" : "card", currency, subtotal, 0, 0,
            0, subtotal, 0, "[]", number % 10 == 0 ? "SPRING" : "",
            address, address, units, moment, moment
        )
    }

    private func item(_ order: Int64, _ product: ProductID, _ price: Money) -> [SQLValue] {
        .row(
            order, product, 0, "Product \(product)", "LOAD-\(product)",
            "[]", "standard", 1, price, price, 0, 0,
            "delivered"
        )
    }
}
