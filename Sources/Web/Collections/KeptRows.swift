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
    private let file: StaticString

    /// `reading` is for those who may look without writing. `path` ends in a slash; `singular` and `plural` are what the
    /// document of the API calls the rows.
    public init(
        _ keeper: Kept, at path: String, _ singular: String, _ plural: String, access: Access, reading: Access? = nil,
        in database: any Database, file: StaticString = #fileID
    ) {
        self.keeper = keeper
        self.path = path
        self.singular = singular
        self.plural = plural
        self.database = database
        self.access = access
        self.reading = reading ?? access
        self.file = file
    }

    /// The same for staff with a permission.
    public init(
        _ keeper: Kept, at path: String, _ singular: String, _ plural: String, permission: String,
        reading: Access? = nil, in database: any Database, file: StaticString = #fileID
    ) {
        self.init(
            keeper, at: path, singular, plural, access: .staff(permission), reading: reading, in: database, file: file)
    }

    public var endpoints: [Endpoint] {
        [
            Endpoint(.get, path, "Lists \(plural).", access: reading, file: file, use: list)
                .refusing(.notFound),
            Endpoint(
                .post, path, "Makes a \(singular).", access: access, status: .created, in: database, file: file,
                use: create),
            Endpoint(.get, path + "{id}/", "Shows a \(singular).", access: reading, file: file, use: show)
                .refusing(.notFound),
            edit(.put, "Replaces a \(singular)."), edit(.patch, "Changes some fields of a \(singular)."),
            Endpoint(
                .delete, path + "{id}/", "Deletes a \(singular).", access: access, status: .noContent, in: database,
                file: file, use: delete
            ).refusing(.notFound, .conflict, .preconditionFailed),
        ]
    }

    private func edit(_ method: HTTPRequest.Method, _ summary: String) -> Endpoint {
        Endpoint(method, path + "{id}/", summary, access: access, in: database, file: file, use: update)
            .refusing(.notFound, .conflict, .preconditionFailed)
    }

    private func list(_ call: APIRequest, _ input: KeptRowsInput<Kept>) async throws -> Page<Kept.Body> {
        try await database.read { connection in
            let count = try keeper.count(input.filter, connection)
            return try Page(count: count, input.page, of: call) {
                try keeper.rows(input.filter, by: input.ordering, input.page, connection).map(keeper.body)
            }
        }
    }

    private func create(_: APIRequest, _ input: ChangeInput<Kept>, _ tx: Transaction) throws -> Kept.Body {
        let id = try keeper.insert(input.change.applied(to: keeper.blank), in: tx)
        return keeper.body(of: try found(id, tx))
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> Kept.Body {
        let id = try call.id("id", as: Kept.ID.self)
        return keeper.body(of: try await database.read { try found(id, $0) })
    }

    private func update(_ call: APIRequest, _ input: ChangeInput<Kept>, _ tx: Transaction) throws -> Kept.Body {
        let id = try call.id("id", as: Kept.ID.self)
        let row = try found(id, tx)
        try call.checkVersion(Kept.version(of: row))
        try call.noteBefore(keeper.body(of: row))
        guard try keeper.update(input.change.applied(to: row), in: tx) else {
            throw SQLError(.conflict, message: "the row was changed by another transaction")
        }
        return keeper.body(of: try found(id, tx))
    }

    private func delete(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> NoContent {
        let row = try found(try call.id("id", as: Kept.ID.self), tx)
        try call.checkVersion(Kept.version(of: row))
        try call.noteBefore(keeper.body(of: row))
        try keeper.delete(row, in: tx)
        return NoContent()
    }

    private func found(_ id: Kept.ID, _ connection: Connection) throws -> Kept.Row {
        guard let row = try keeper.find(id, connection) else { throw NotFound() }
        return row
    }
}
