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

    var endpoints: [Endpoint] { reading + [create] + changing + [remove, setDefault] }

    private var reading: [Endpoint] {
        [
            Endpoint(.get, "/api/auth/addresses/", "The caller's addresses.", access: .user) {
                (call: APIRequest, input: AddressListInput) -> Page<AddressBody> in
                try await book.page(input.page, .all, call, AddressBody.init)
            },
            Endpoint(.get, "/api/auth/addresses/{id}/", "One of the caller's addresses.", access: .user) {
                (call: APIRequest, _: NoInput) -> AddressBody in
                AddressBody(try await book.find(try call.id("id"), of: try call.caller().userID))
            }
            .refusing(.notFound),
        ]
    }

    private var create: Endpoint {
        Endpoint(
            .post, "/api/auth/addresses/", "Add an address.", access: .user, status: .created, in: book.database
        ) { (call: APIRequest, input: AddressInput, tx) -> AddressBody in
            AddressBody(try book.add(input.changes.draft(.both), for: try call.caller().userID, in: tx))
        }
    }

    private var changing: [Endpoint] {
        [(.put, "Change an address."), (.patch, "Change parts of an address.")].map { method, summary in
            Endpoint(method, "/api/auth/addresses/{id}/", summary, access: .user, in: book.database) {
                (call: APIRequest, input: AddressInput, tx) -> AddressBody in
                AddressBody(
                    try book.update(
                        try call.id("id"), of: try call.caller().userID, input.changes, in: .all,
                        checking: call.checkVersion, tx))
            }
            .refusing(.notFound, .preconditionFailed)
        }
    }

    private var remove: Endpoint {
        Endpoint(
            .delete, "/api/auth/addresses/{id}/", "Remove an address.", access: .user, status: .noContent,
            in: book.database
        ) { (call: APIRequest, _: NoInput, tx) -> NoContent in
            try book.remove(try call.id("id"), of: try call.caller().userID, in: .all, tx)
            return NoContent()
        }
        .refusing(.notFound)
    }

    private var setDefault: Endpoint {
        Endpoint(
            .post, "/api/auth/addresses/{id}/set-default/", "Make an address the default.", access: .user,
            in: book.database
        ) { (call: APIRequest, input: SetDefaultInput, tx) -> AddressBody in
            AddressBody(try book.setDefault(try call.id("id"), of: try call.caller().userID, input.type, tx))
        }
        .refusing(.notFound)
    }
}

extension AddressBook {
    /// A page of the caller's addresses in one of the views.
    func page<Body: ResponseBody>(
        _ page: PageRequest, _ view: AddressView, _ call: APIRequest, _ body: (Address) -> Body
    ) async throws -> Page<Body> {
        let user = try call.caller().userID
        let (count, rows) = try await database.read { connection in
            let count = try AddressQueries.count(of: user, view, connection)
            try page.check(count)
            return (count, try AddressQueries.list(of: user, view, limit: page.limit, connection))
        }
        return try Page(rows.map(body), count: count, page, of: call)
    }

    /// - Throws: `NotFound`, `SQLError`.
    func find(_ id: AddressID, of user: UserID) async throws -> Address {
        try await database.read { connection in
            guard let address = try AddressQueries.find(id, of: user, .all, connection) else { throw NotFound() }
            return address
        }
    }
}
