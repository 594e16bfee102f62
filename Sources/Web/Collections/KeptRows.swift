import Commerce
import HTTPTypes
import SQL

/// The endpoints over the rows of a `Keeper`: list, create, show, replace, change and delete, for staff with one
/// permission.
///
/// Edits and deletions honour `If-Match` with the row's version.
public struct KeptRows<Kept: Keeper>: Sendable {
    let database: any Database
    let keeper: Kept
    let path: String
    let access: Access
    let reading: Access
    let singular: String
    let plural: String

    /// `reading` is for those who may look without writing. `path` ends in a slash; `singular` and `plural` are what the
    /// document of the API calls the rows.
    public init(
        _ keeper: Kept, at path: String, _ singular: String, _ plural: String, access: Access, reading: Access? = nil,
        in database: any Database
    ) {
        self.keeper = keeper
        self.path = path
        self.singular = singular
        self.plural = plural
        self.database = database
        self.access = access
        self.reading = reading ?? access
    }

    /// The same for staff with a permission.
    public init(
        _ keeper: Kept, at path: String, _ singular: String, _ plural: String, permission: String,
        reading: Access? = nil, in database: any Database
    ) {
        self.init(
            keeper, at: path, singular, plural, access: .staff(permission), reading: reading, in: database)
    }

    public var endpoints: [Endpoint] { [list, create, detail, edit(.put), edit(.patch), delete] }

    private var list: Endpoint {
        Endpoint(.get, path, "Lists \(plural).", access: reading) {
            (call: APIRequest, input: KeptRowsInput<Kept>) -> Page<Kept.Body> in
            try await database.read { connection in
                let count = try keeper.count(input.filter, connection)
                return try Page(count: count, input.page, of: call) {
                    try keeper.rows(input.filter, by: input.ordering, input.page, connection).map(keeper.body)
                }
            }
        }
        .refusing(.notFound)
    }

    private var create: Endpoint {
        Endpoint(.post, path, "Makes a \(singular).", access: access, status: .created, in: database) {
            (_: APIRequest, input: ChangeInput<Kept>, tx) -> Kept.Body in
            let id = try keeper.insert(input.change.applied(to: keeper.blank), in: tx)
            return keeper.body(of: try found(id, tx))
        }
    }

    private var detail: Endpoint {
        Endpoint(.get, path + "{id}/", "Shows a \(singular).", access: reading) {
            (call: APIRequest, _: NoInput) -> Kept.Body in
            let id = try call.id("id", as: Kept.ID.self)
            return keeper.body(of: try await database.read { try found(id, $0) })
        }
        .refusing(.notFound)
    }

    private func edit(_ method: HTTPRequest.Method) -> Endpoint {
        let summary = method == .put ? "Replaces a \(singular)." : "Changes some fields of a \(singular)."
        return Endpoint(method, path + "{id}/", summary, access: access, in: database) {
            (call: APIRequest, input: ChangeInput<Kept>, tx) -> Kept.Body in
            let id = try call.id("id", as: Kept.ID.self)
            let row = try found(id, tx)
            try call.checkVersion(Kept.version(of: row))
            try call.noteBefore(keeper.body(of: row))
            guard try keeper.update(input.change.applied(to: row), in: tx) else {
                throw SQLError(.conflict, message: "the row was changed by another transaction")
            }
            return keeper.body(of: try found(id, tx))
        }
        .refusing(.notFound, .conflict, .preconditionFailed)
    }

    private var delete: Endpoint {
        Endpoint(
            .delete, path + "{id}/", "Deletes a \(singular).", access: access, status: .noContent, in: database
        ) { (call: APIRequest, _: NoInput, tx) -> NoContent in
            let row = try found(try call.id("id", as: Kept.ID.self), tx)
            try call.checkVersion(Kept.version(of: row))
            try call.noteBefore(keeper.body(of: row))
            try keeper.delete(row, in: tx)
            return NoContent()
        }
        .refusing(.notFound, .conflict, .preconditionFailed)
    }

    private func found(_ id: Kept.ID, _ connection: Connection) throws -> Kept.Row {
        guard let row = try keeper.find(id, connection) else { throw NotFound() }
        return row
    }
}
