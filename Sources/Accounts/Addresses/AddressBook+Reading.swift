import Commerce
import SQL
import Web

extension AddressBook {
    /// Lists a page of somebody's addresses in one of the views; nil is for the caller's.
    func page<Body: ResponseBody>(
        _ page: PageRequest, _ view: AddressView, of owner: UserID? = nil, _ call: APIRequest,
        _ body: (Address) -> Body
    ) async throws -> Page<Body> {
        let user = try owner ?? call.caller().userID
        let (count, rows) = try await database.read { connection in
            let count = try AddressQueries.count(of: user, view, connection)
            try page.check(count)
            return (count, try AddressQueries.list(of: user, view, limit: page.limit, connection))
        }
        return try Page(rows.map(body), count: count, page, of: call)
    }

    /// Finds an address of a user.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func find(_ id: AddressID, of user: UserID) async throws -> Address {
        try await database.read { connection in
            guard let address = try AddressQueries.find(id, of: user, .all, connection) else { throw NotFound() }
            return address
        }
    }
}
