import Commerce
import HTTPTypes
import Web

/// The address book as far as something can be shipped to it.
struct ShippingAddressRoutes: Sendable {
    private let book: AddressBook

    init(_ book: AddressBook) {
        self.book = book
    }

    var endpoints: [Endpoint] { [list, create] + changing + [remove] }

    private var list: Endpoint {
        Endpoint(.get, "/api/shipping-addresses/", "Where something can be shipped to.", access: .user) {
            (call: APIRequest, input: AddressListInput) -> Page<ShippingAddressBody> in
            try await book.page(input.page, .shipping, call, ShippingAddressBody.init)
        }
    }

    private var create: Endpoint {
        Endpoint(
            .post, "/api/shipping-addresses/", "Add a shipping address.", access: .user, status: .created,
            in: book.database
        ) { (call: APIRequest, input: ShippingAddressInput, tx) -> ShippingAddressBody in
            ShippingAddressBody(try book.add(input.changes.draft(.shipping), for: try call.caller().userID, in: tx))
        }
    }

    private var changing: [Endpoint] {
        [(.put, "Change a shipping address."), (.patch, "Change parts of a shipping address.")].map { method, summary in
            Endpoint(method, "/api/shipping-addresses/{id}/", summary, access: .user, in: book.database) {
                (call: APIRequest, input: ShippingAddressInput, tx) -> ShippingAddressBody in
                ShippingAddressBody(
                    try book.update(
                        try call.id("id"), of: try call.caller().userID, input.changes, in: .shipping,
                        checking: call.checkVersion, tx))
            }
            .refusing(.notFound, .preconditionFailed)
        }
    }

    private var remove: Endpoint {
        Endpoint(
            .delete, "/api/shipping-addresses/{id}/", "Remove a shipping address.", access: .user, status: .noContent,
            in: book.database
        ) { (call: APIRequest, _: NoInput, tx) -> NoContent in
            try book.remove(try call.id("id"), of: try call.caller().userID, in: .shipping, tx)
            return NoContent()
        }
        .refusing(.notFound)
    }
}
