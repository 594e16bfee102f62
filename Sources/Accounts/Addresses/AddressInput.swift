import Commerce
import Primitives
import Web

/// The body of POST, PUT and PATCH on the address book.
struct AddressInput: Input {
    let changes: AddressChanges

    init(_ fields: Fields) {
        var changes = AddressChanges(fields.postalChange())
        let type = fields.choice("address_type", .optional(.both), of: AddressType.self)
        if fields.isPresent("address_type") { changes.type = type }
        changes.label = fields.change("label", length: 0...50)
        let latitude = fields.position("latitude", limit: 90)
        if fields.isPresent("latitude") { changes.latitude = .some(latitude) }
        let longitude = fields.position("longitude", limit: 180)
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
        var changes = AddressChanges(fields.postalChange())
        changes.wishes[.shipping] = fields.optionalBoolean("is_default")
        self.changes = changes
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
