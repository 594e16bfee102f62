import Commerce
import Primitives
import Web

/// The body of POST, PUT and PATCH on the address book.
struct AddressInput: Input {
    let changes: AddressChanges

    init(_ fields: Fields) {
        var changes = AddressChanges(postalFieldsOf: fields)
        let type = fields.choice("address_type", .optional(.both), of: AddressType.self)
        if fields.isPresent("address_type") { changes.type = type }
        changes.label = fields.change("label", length: 0...50)
        let latitude = fields.optionalDecimal("latitude", scale: 6, in: -90_000_000...90_000_000)
        if fields.isPresent("latitude") { changes.latitude = .some(latitude) }
        let longitude = fields.optionalDecimal("longitude", scale: 6, in: -180_000_000...180_000_000)
        if fields.isPresent("longitude") { changes.longitude = .some(longitude) }
        changes.wishes[.shipping] = fields.optionalBoolean("is_default_shipping")
        changes.wishes[.billing] = fields.optionalBoolean("is_default_billing")
        self.changes = changes
    }
}

/// The body of POST and PUT on the shipping addresses.
struct ShippingAddressInput: Input {
    let changes: AddressChanges

    init(_ fields: Fields) {
        var changes = AddressChanges(postalFieldsOf: fields)
        changes.wishes[.shipping] = fields.optionalBoolean("is_default")
        self.changes = changes
    }
}

extension AddressChanges {
    /// The fields that both views of the address book have.
    fileprivate init(postalFieldsOf fields: Fields) {
        fullName = fields.sent("full_name") { $0.string("full_name", length: 1...150) }
        phoneNumber = fields.phoneChange("phone_number")
        addressLine1 = fields.sent("address_line1") { $0.string("address_line1", length: 1...255) }
        addressLine2 = fields.change("address_line2")
        city = fields.sent("city") { $0.string("city", length: 1...100) }
        state = fields.change("state", length: 0...100)
        postalCode = fields.change("postal_code", length: 0...20)
        country = fields.sent("country") { $0.country("country") }
    }
}

extension Fields {
    /// A country by its alpha-2 code.
    fileprivate func country(_ name: String) -> String {
        let text = string(name, length: 1...60)
        if hasFailed(name) || text.isEmpty { return text }
        if let code = Country.code(text) { return code }
        fail(name, "\"\(text)\" is not a valid country code of ISO 3166-1 alpha-2.")
        return text
    }
}

/// `POST /api/auth/addresses/{id}/set-default/`.
struct SetDefaultInput: Input {
    let type: AddressType?

    init(_ fields: Fields) {
        let type = fields.choice("address_type", .optional(.both), of: AddressType.self)
        self.type = fields.isPresent("address_type") ? type : nil
    }
}

/// The query of a list of addresses.
struct AddressListInput: Input {
    let page: PageRequest

    init(_ fields: Fields) {
        page = fields.page()
    }
}
