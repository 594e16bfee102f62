import Commerce
import Orders
import Web

/// An order to place.
struct PlaceInput: Input {
    /// An address by its id in the address book, or written out.
    struct Address: Sendable {
        let id: AddressID?
        let written: PostalAddressInput?

        func choice(forUser isUser: Bool) -> AddressChoice? {
            if isUser, let id { return .book(id) }
            return written.map { .written($0.address) }
        }
    }

    let shipping: Address
    let billing: Address
    let email: String
    let paymentMethod: PaymentMethod
    let shippingMethod: String?
    let couponCode: String?
    let notes: String
    let expectedTotal: Money?

    init(_ fields: Fields) {
        shipping = Address(
            id: fields.optionalID("shipping_address_id"),
            written: fields.optionalObject("shipping_address", PostalAddressInput.self))
        billing = Address(
            id: fields.optionalID("billing_address_id"),
            written: fields.optionalObject("billing_address", PostalAddressInput.self))
        email = fields.email("email", .optional(""))
        paymentMethod = fields.choice("payment_method")
        shippingMethod = fields.optionalString("shipping_method", length: 0...50)
        couponCode = fields.optionalString("coupon_code", length: 0...50)
        notes = fields.string("notes", .optional(""), length: 0...2_000)
        expectedTotal = fields.optionalMoney("expected_total")
    }
}

/// An address that is written out.
struct PostalAddressInput: Input {
    let address: PostalAddress

    init(_ fields: Fields) {
        do {
            address = try fields.postalChange().address()
        } catch {
            // The state has failed before with the same words, unless the country had.
            address = .empty
        }
    }
}

/// An order to cancel.
struct CancelInput: Input {
    let reason: String

    init(_ fields: Fields) {
        reason = fields.string("reason", .optional(""), length: 0...500)
    }
}

/// The parts of an order to cancel.
struct CancelRestInput: Input {
    /// Nil for everything that has not left.
    let parts: [Shipment.Part]?
    let reason: String

    init(_ fields: Fields) {
        let parts = fields.list("items", of: ShipmentInput.Part.self, limit: 200).map(\.part)
        if Set(parts.map(\.item)).count < parts.count { fields.fail("items", "Each line may stand only once.") }
        self.parts = parts.isEmpty ? nil : parts
        reason = fields.string("reason", .optional(""), length: 0...500)
    }
}

/// A status that staff give an order.
struct StatusInput: Input {
    let status: OrderStatus
    let trackingNumber: String?
    let note: String

    init(_ fields: Fields) {
        status = fields.choice("status")
        trackingNumber = fields.optionalString("tracking_number", length: 0...100)
        note = fields.string("note", .optional(""), length: 0...500)
    }
}

/// A payment that staff have seen.
struct PaymentInput: Input {
    let amount: Money
    /// The reference of the bank or the terminal.
    let reference: String
    let note: String

    init(_ fields: Fields) {
        amount = fields.money("amount")
        reference = fields.string("reference", .optional(""), length: 0...100)
        note = fields.string("note", .optional(""), length: 0...300)
    }

    /// The remark for the order's history.
    var words: String {
        [reference.isEmpty ? "Paid." : "Paid: \(reference).", note].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
