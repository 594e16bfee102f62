import Commerce
import HTTPTypes
import SQL
import Web

/// The address book.
struct AddressRoutes: Sendable {
    private let book: AddressBook

    init(_ book: AddressBook) {
        self.book = book
    }

    var endpoints: [Endpoint] {
        [listing, showing, adding, updating(.put), updating(.patch), removing, settingDefault]
    }

    private var listing: Endpoint {
        Endpoint(.get, "/api/auth/addresses/", "Lists the caller's addresses.", access: .user, use: list)
    }

    private var showing: Endpoint {
        Endpoint(.get, "/api/auth/addresses/{id}/", "Shows one of the caller's addresses.", access: .user, use: show)
            .refusing(.notFound)
    }

    private var adding: Endpoint {
        Endpoint(
            .post, "/api/auth/addresses/", "Adds an address.", access: .user, status: .created, in: book.database,
            use: add)
    }

    private func updating(_ method: HTTPRequest.Method) -> Endpoint {
        let summary = method == .put ? "Changes an address." : "Changes parts of an address."
        return Endpoint(method, "/api/auth/addresses/{id}/", summary, access: .user, in: book.database, use: update)
            .refusing(.notFound, .preconditionFailed)
    }

    private var removing: Endpoint {
        Endpoint(
            .delete, "/api/auth/addresses/{id}/", "Removes an address.", access: .user, status: .noContent,
            in: book.database, use: remove
        )
        .refusing(.notFound)
    }

    private var settingDefault: Endpoint {
        Endpoint(
            .post, "/api/auth/addresses/{id}/set-default/", "Makes an address the default.", access: .user,
            in: book.database, use: setDefault
        )
        .refusing(.notFound)
    }

    private func list(_ call: APIRequest, _ input: AddressListInput) async throws -> Page<AddressBody> {
        try await book.page(input.page, .all, call, AddressBody.init)
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> AddressBody {
        AddressBody(try await book.find(call.id("id"), of: call.caller().userID))
    }

    private func add(_ call: APIRequest, _ input: AddressInput, in tx: Transaction) throws -> AddressBody {
        AddressBody(try book.add(input.changes.draft(.both), for: call.caller().userID, in: tx))
    }

    private func update(_ call: APIRequest, _ input: AddressInput, in tx: Transaction) throws -> AddressBody {
        AddressBody(
            try book.update(
                call.id("id"), of: call.caller().userID, input.changes, in: .all, checking: call.checkVersion, tx))
    }

    private func remove(_ call: APIRequest, _: NoInput, in tx: Transaction) throws -> NoContent {
        try book.remove(call.id("id"), of: call.caller().userID, in: .all, tx)
        return NoContent()
    }

    private func setDefault(_ call: APIRequest, _ input: SetDefaultInput, in tx: Transaction) throws -> AddressBody {
        AddressBody(try book.setDefault(call.id("id"), of: call.caller().userID, input.type, tx))
    }
}
