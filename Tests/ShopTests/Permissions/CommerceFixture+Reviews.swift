import KontorApp
import Primitives
import SQL
import TestSupport
import Testing

extension CommerceFixture {
    /// Returns what stands for a placeholder of reviews; nil for another one.
    func review(_ name: String) async throws -> [String: String]? {
        switch name {
        case "bought": return [name: try await bought()]
        case "review": return [name: try await written()]
        case "approved_review": return [name: try await approved()]
        case "reviewed":
            let product = try await bought()
            _ = try await approved(of: product)
            return [name: product]
        case "answered":
            let id = try await approved()
            _ = try await ask("POST", "/api/reviews/\(id)/respond/", #"{"response_text": "x"}"#, by: cast.admin)
            return [name: id]
        case "pictured", "review_image":
            let id = try await written()
            let image = try await PermissionRow(
                "POST /api/reviews/\(id)/images/", "", .form(part: "image", CommerceTable.picture)
            ).send(by: cast[.owner], [:])
            return ["pictured": id, "review_image": Self.text(image["id"])]
        default: return nil
        }
    }

    /// Returns a product of the vendor's that was delivered to the owner.
    private func bought() async throws -> String {
        let product = try await values(for: ["own"])["own"] ?? ""
        let owner = try await cast.id(of: .owner)
        try await cast.stand.shop.installation.database.write { tx in
            try tx.execute("UPDATE users SET is_email_verified = 1 WHERE id = \(owner)")
            let order = try tx.insert(
                """
                INSERT INTO orders (order_number, cart_key, user_id, email, status, payment_status, payment_method,
                currency, subtotal, discount_amount, shipping_cost, tax, total, tax_inclusive, tax_lines,
                shipping_address, billing_address, created_at, updated_at)
                VALUES (\("R-" + product), \("reviewed-" + product), \(owner), 'owner@example.com', 'delivered', 'paid',
                'card', 'USD', 0, 0, 0, 0, 0, 0, '[]', '{}', '{}', 0, 0)
                """)
            try tx.execute(
                """
                INSERT INTO order_items (order_id, product_id, variant_key, product_name, sku, options, tax_class,
                quantity, shipped_quantity, delivered_quantity, price, subtotal, discount, tax, status)
                VALUES (\(order), \(product), 0, 'P', 'S', '[]', 'standard', 1, 1, 1, 0, 0, 0, 0, 'delivered')
                """)
        }
        return product
    }

    /// Returns a review of the owner's that waits, of a product of its own.
    private func written(of product: String? = nil) async throws -> String {
        var bought = product
        if bought == nil { bought = try await self.bought() }
        // Twenty an hour are a limit of the shop's, not of its tests.
        let id = try await cast.stand.shop.installation.database.write { [bought] tx in
            try tx.insert(
                """
                INSERT INTO product_reviews (product_id, user_id, order_id, rating, title, review_text, is_verified,
                status, created_at, updated_at)
                SELECT \(bought), o.user_id, o.id, 5, 'T', 'R', 1, 'pending', 0, 0 FROM orders o
                WHERE o.order_number = \("R-" + (bought ?? ""))
                """)
        }
        return String(id)
    }

    private func approved(of product: String? = nil) async throws -> String {
        let id = try await written(of: product)
        _ = try await ask("PUT", "/api/admin/reviews/\(id)/approve/", "{}", by: cast.admin)
        return id
    }

    private func ask(_ method: String, _ path: String, _ json: String, by probe: HTTPProbe) async throws {
        let answer = try await PermissionRow(method + " " + path, "", json).send(by: probe, [:])
        try #require((200...299).contains(answer.status), "\(method) \(path): \(answer.text)")
    }
}
