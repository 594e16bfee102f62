import Commerce
import HTTPTypes
import SQL
import Web

/// The address book as far as something can be shipped to it.
struct ShippingAddressRoutes: Sendable {
    private let book: AddressBook

    init(_ book: AddressBook) {
        self.book = book
    }

    var endpoints: [Endpoint] { [listing, adding, updating(.put), updating(.patch), removing] }

    private var listing: Endpoint {
        Endpoint(
            .get, "/api/shipping-addresses/", "Lists where something can be shipped to.", access: .user, use: list)
    }

    private var adding: Endpoint {
        Endpoint(
            .post, "/api/shipping-addresses/", "Adds a shipping address.", access: .user, status: .created,
            in: book.database, use: add)
    }

    private func updating(_ method: HTTPRequest.Method) -> Endpoint {
        let summary = method == .put ? "Changes a shipping address." : "Changes parts of a shipping address."
        return Endpoint(
            method, "/api/shipping-addresses/{id}/", summary, access: .user, in: book.database, use: update
        )
        .refusing(.notFound, .preconditionFailed)
    }

    private var removing: Endpoint {
        Endpoint(
            .delete, "/api/shipping-addresses/{id}/", "Removes a shipping address.", access: .user, status: .noContent,
            in: book.database, use: remove
        )
        .refusing(.notFound)
    }

    private func list(_ call: APIRequest, _ input: AddressListInput) async throws -> Page<ShippingAddressBody> {
        try await book.page(input.page, .shipping, call, ShippingAddressBody.init)
    }

    private func add(
        _ call: APIRequest, _ input: ShippingAddressInput, in tx: Transaction
    ) throws -> ShippingAddressBody {
        ShippingAddressBody(try book.add(input.changes.draft(.shipping), for: call.caller().userID, in: tx))
    }

    private func update(
        _ call: APIRequest, _ input: ShippingAddressInput, in tx: Transaction
    ) throws -> ShippingAddressBody {
        ShippingAddressBody(
            try book.update(
                call.id("id"), of: call.caller().userID, input.changes, in: .shipping, checking: call.checkVersion, tx))
    }

    private func remove(_ call: APIRequest, _: NoInput, in tx: Transaction) throws -> NoContent {
        try book.remove(call.id("id"), of: call.caller().userID, in: .shipping, tx)
        return NoContent()
    }
}
