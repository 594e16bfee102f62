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

    /// Decodes the columns of `columns`, without items, history and parcels, which are rows of their own.
    ///
    /// - Throws: `SQLError` of kind `.decoding`, `JSONSyntaxError` where a JSON column does not parse.
    public init(row: Row) throws {
        id = try row[0]
        number = try row[1]
        user = try row[2]
        email = try row[3]
        accessTokenHash = try row[4]
        status = try row[5]
        paymentStatus = try row[6]
        paymentMethod = try row[7]
        currency = try row[8]
        subtotal = try row[9]
        discount = try row[10]
        shipping = try row[11]
        tax = try row[12]
        total = try row[13]
        isTaxInclusive = try row[14]
        taxLines = try OrderColumns.taxLines(row[15])
        couponCode = try row[16]
        shippingMethod = try row[17]
        shippingAddress = try OrderColumns.address(row[18])
        billingAddress = try OrderColumns.address(row[19])
        notes = try row[20]
        trackingNumber = try row[21]
        expiresAt = try row[22]
        createdAt = try row[23]
        updatedAt = try row[24]
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

    /// Decodes the columns of `columns`, in their order.
    ///
    /// - Throws: `SQLError` of kind `.decoding`, `JSONSyntaxError` where a JSON column does not parse.
    public init(row: Row) throws {
        id = try row[0]
        sellable = SellableID(product: try row[1], variantKey: try row[2])
        name = try row[3]
        sku = try row[4]
        options = try OrderColumns.options(row[5])
        vendor = try row[6]
        taxClass = try row[7]
        quantity = try row[8]
        price = try row[9]
        subtotal = try row[10]
        discount = try row[11]
        tax = try row[12]
        status = try row[13]
        trackingNumber = try row[14]
        shipped = try row[15]
        delivered = try row[16]
        returned = try row[17]
        refunded = try row[18]
        let (rate, name): (Int64?, String) = try (row[19], row[20])
        taxRate = rate.map { TaxRate(name: name, millionths: $0) }
        cancelled = try row[21]
    }
}

extension OrderEvent: RowDecodable {
    static let columns: Query = "status, payment_status, actor, actor_id, note, created_at"

    /// Decodes the columns of `columns`, in their order.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: Row) throws {
        status = try row[0]
        paymentStatus = try row[1]
        actor = OrderActor(try row[2], try row[3])
        note = try row[4]
        createdAt = try row[5]
    }
}
