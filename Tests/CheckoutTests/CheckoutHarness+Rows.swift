import Checkout
import Commerce
import HTTPTypes
import Inventory
import Marketplace
import Payments
import Primitives
import SQL
import Web

/// Rows that the tests of carts, orders and stock start from.
extension CheckoutHarness {
    /// Returns a user with one address, whose id is the user's.
    func user(_ id: Int64, role: Role = .customer) async throws -> Identity {
        let email = "user\(id)@example.com"
        try await database.write { tx in
            try tx.execute(
                """
                INSERT INTO users (id, email, role, created_at, updated_at)
                VALUES (\(id), \(email), \(role.rawValue), 0, 0)
                """)
            try tx.execute(
                """
                INSERT INTO addresses (id, user_id, address_type, full_name, address_line1, city, country, created_at,
                updated_at) VALUES (\(id), \(id), 'both', 'Ada Lovelace', '1 Engine Street', 'London', 'GB', 0, 0)
                """)
        }
        return Identity(
            userID: UserID(id), sessionID: SessionID(id), email: email, role: role, permissions: [],
            isEmailVerified: true)
    }

    /// Adds a product with `quantity` units in the default warehouse.
    func product(_ id: Int64, price: Int64 = 1_000, stock quantity: Int = 10, hasVariants: Bool = false) async throws {
        let (stock, name) = (stock, "Product \(id)")
        try await database.write { tx in
            try tx.execute(
                """
                INSERT INTO products (id, name, name_key, slug, sku, short_description, description, price, price_low,
                price_high, tax_class,
                is_active, is_featured, approval_status, is_listed, has_variants, created_at, updated_at)
                VALUES (\(id), \(name), \(name), \("product-\(id)"), \("SKU-\(id)"), '', '', \(price), \(price), \(price), 'standard', 1, 0,
                'approved', 1, \(hasVariants), 0, 0)
                """)
            if !hasVariants {
                try stock.receive([StockReceipt(SellableID(ProductID(id)), quantity: quantity)], by: nil, in: tx)
            }
        }
    }

    /// Adds a variant of a product with `quantity` units in the default warehouse.
    func variant(_ id: Int64, of product: Int64, price: Int64? = nil, stock quantity: Int = 10) async throws {
        let stock = stock
        try await database.write { tx in
            try tx.execute(
                """
                INSERT INTO product_variants (id, product_id, sku, options, price, position, is_active, created_at)
                VALUES (\(id), \(product), \("VAR-\(id)"), '[{"type":"size","value":"L"}]', \(price), 0, 1, 0)
                """)
            let sellable = SellableID(ProductID(product), VariantID(id))
            try stock.receive([StockReceipt(sellable, quantity: quantity)], by: nil, in: tx)
        }
    }

    /// Adds a warehouse beside the default one.
    func warehouse(_ id: Int64, priority: Int) async throws {
        try await execute(
            """
            INSERT INTO warehouses (id, code, name, priority, created_at)
            VALUES (\(id), \("W\(id)"), \("Warehouse \(id)"), \(priority), 0)
            """)
    }

    func execute(_ query: Query) async throws {
        try await database.write { tx in _ = try tx.execute(query) }
    }

    func value(_ query: Query) async throws -> Int {
        try await database.read { try $0.value(query, as: Int.self) ?? 0 }
    }

    /// Returns the units on hand and reserved of a product without variants, by its totals.
    func stockOf(_ product: Int64) async throws -> [Int] {
        try await database.read { connection in
            let query: Query = "SELECT on_hand, reserved FROM stock_totals WHERE product_id = \(product)"
            return try connection.first(query) { [try $0(), try $0()] } ?? []
        }
    }

    /// Returns whether totals, stock rows, movements and held reservations tell the same.
    func stockIsConsistent() async throws -> Bool {
        try await database.read { try StockAudit.differences($0) }.isEmpty
    }

    /// Returns what does not add up in the ledger.
    func ledger() async throws -> [LedgerDifference] {
        try await database.report { try LedgerAudit.differences($0) }
    }

    /// Returns what does not add up in vendors' accounts.
    func accounts() async throws -> [MarketplaceDifference] {
        try await database.report { try MarketplaceAudit.differences($0) }
    }

    /// Puts a product into the caller's cart.
    func fill(_ product: Int64, _ quantity: Int = 1, as identity: Identity?, key: String? = nil) async throws -> Answer
    {
        try await call(
            .post, "/api/cart/add/", #"{"product_id": \#(product), "quantity": \#(quantity)}"#, as: identity,
            headers: key.map { ["X-Session-Key": $0] } ?? [:])
    }

    /// Orders what is in the user's cart.
    func order(_ identity: Identity, by method: String = "card", more: String = "") async throws -> Answer {
        try await call(
            .post, "/api/orders/",
            #"{"shipping_address_id": \#(identity.userID), "payment_method": "\#(method)"\#(more)}"#, as: identity)
    }
}
