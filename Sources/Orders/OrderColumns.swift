import Commerce
import Primitives
import SQL

/// The JSON columns of orders and the rows that hold them.
enum OrderColumns {
    static func text(_ address: PostalAddress) throws -> String {
        String(decoding: try JSONBytes.encode(address), as: UTF8.self)
    }

    static func text(_ options: [VariantOption]) throws -> String {
        options.isEmpty ? "[]" : String(decoding: try JSONBytes.encode(options), as: UTF8.self)
    }

    static func text(_ lines: [TaxLine]) throws -> String {
        let values = lines.map { line in
            JSONValue.object([
                "name": .string(line.rate.name), "millionths": .number(String(line.rate.millionths)),
                "taxable": .number(String(line.taxable.minorUnits)), "amount": .number(String(line.amount.minorUnits)),
            ])
        }
        return values.isEmpty ? "[]" : String(decoding: try JSONBytes.encode(values), as: UTF8.self)
    }

    static func address(_ text: String) throws -> PostalAddress {
        let json = try JSONValue(parsing: Array(text.utf8))
        return PostalAddress(
            fullName: json.text("full_name"), phoneNumber: json.text("phone_number"),
            addressLine1: json.text("address_line1"), addressLine2: json.text("address_line2"), city: json.text("city"),
            state: json.text("state"), postalCode: json.text("postal_code"), country: json.text("country"))
    }

    static func options(_ text: String) throws -> [VariantOption] {
        try elements(text).map { VariantOption(type: $0.text("type"), value: $0.text("value")) }
    }

    static func taxLines(_ text: String) throws -> [TaxLine] {
        try elements(text).map { line in
            TaxLine(
                rate: TaxRate(name: line.text("name"), millionths: line.integer("millionths")),
                taxable: Money(minorUnits: line.integer("taxable")), amount: Money(minorUnits: line.integer("amount")))
        }
    }

    private static func elements(_ text: String) throws -> [JSONValue] {
        guard text != "[]", case .array(let values) = try JSONValue(parsing: Array(text.utf8)) else { return [] }
        return values
    }
}

extension JSONValue {
    fileprivate func text(_ key: String) -> String {
        if case .string(let text) = self[key] { text } else { "" }
    }

    fileprivate func integer(_ key: String) -> Int64 {
        if case .number(let text) = self[key] { Int64(text) ?? 0 } else { 0 }
    }
}

extension Order: RowDecodable {
    static let columns: Query = """
        id, order_number, user_id, email, access_token_hash, status, payment_status, payment_method, currency, subtotal,
        discount_amount, shipping_cost, tax, total, tax_inclusive, tax_lines, coupon_code, shipping_method,
        shipping_address, billing_address, notes, tracking_number, expires_at, created_at, updated_at
        """

    /// Decodes an order without its items and its history, which are rows of their own.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        id = try row()
        number = try row()
        user = try row()
        email = try row()
        accessTokenHash = try row()
        status = try row()
        paymentStatus = try row()
        paymentMethod = try row()
        currency = try row()
        subtotal = try row()
        discount = try row()
        shipping = try row()
        tax = try row()
        total = try row()
        isTaxInclusive = try row()
        taxLines = try OrderColumns.taxLines(row())
        couponCode = try row()
        shippingMethod = try row()
        shippingAddress = try OrderColumns.address(row())
        billingAddress = try OrderColumns.address(row())
        notes = try row()
        trackingNumber = try row()
        expiresAt = try row()
        createdAt = try row()
        updatedAt = try row()
        items = []
        events = []
    }
}

extension OrderItem: RowDecodable {
    static let columns: Query = """
        id, product_id, variant_key, product_name, sku, options, vendor_id, tax_class, quantity, price, subtotal,
        discount, tax, status, tracking_number, shipped_quantity, delivered_quantity, returned_quantity,
        refunded_quantity, tax_rate, tax_name, cancelled_quantity
        """

    /// Decodes a row of `columns`; the tax rate is nil where the row has none.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        id = try row()
        sellable = SellableID(product: try row(), variantKey: try row())
        name = try row()
        sku = try row()
        options = try OrderColumns.options(row())
        vendor = try row()
        taxClass = try row()
        quantity = try row()
        price = try row()
        subtotal = try row()
        discount = try row()
        tax = try row()
        status = try row()
        trackingNumber = try row()
        shipped = try row()
        delivered = try row()
        returned = try row()
        refunded = try row()
        let (rate, name): (Int64?, String) = try (row(), row())
        taxRate = rate.map { TaxRate(name: name, millionths: $0) }
        cancelled = try row()
    }
}

extension OrderEvent: RowDecodable {
    static let columns: Query = "status, payment_status, actor, actor_id, note, created_at"

    /// Decodes a row of `columns`.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        status = try row()
        paymentStatus = try row()
        actor = OrderActor(try row(), try row())
        note = try row()
        createdAt = try row()
    }
}

extension OrderDraft {
    /// Returns the columns of a new order that follow from what is ordered.
    func values() throws -> ColumnValues {
        [
            "cart_key": origin, "user_id": user, "email": email, "access_token_hash": accessTokenHash,
            "payment_method": paymentMethod, "currency": currency.code, "subtotal": totals.subtotal,
            "discount_amount": totals.discount, "shipping_cost": totals.shipping, "tax": totals.tax,
            "total": totals.total, "tax_inclusive": totals.isTaxInclusive,
            "tax_lines": try OrderColumns.text(totals.taxLines), "coupon_code": couponCode,
            "shipping_method": shippingMethod, "shipping_address": try OrderColumns.text(shippingAddress),
            "billing_address": try OrderColumns.text(billingAddress), "notes": notes,
            "units": try lines.map(\.quantity).sum(), "expires_at": expiresAt,
        ]
    }
}

extension OrderDraft.Line {
    /// Returns the columns of a new line that follow from what is ordered and what it costs.
    func values(_ charge: OrderTotals.Charge) throws -> ColumnValues {
        [
            "product_id": offer.id.product, "variant_key": offer.id.variantKey, "product_name": offer.name,
            "sku": offer.sku, "options": try OrderColumns.text(offer.options), "vendor_id": offer.vendor,
            "tax_class": offer.taxClass, "quantity": quantity, "price": offer.price, "subtotal": charge.subtotal,
            "discount": charge.discount, "tax": charge.tax, "tax_rate": charge.rate?.millionths,
            "tax_name": charge.rate?.name ?? "",
        ]
    }
}
