import Commerce
import HTTPTypes
import SQL

/// The endpoints over the rows of an `AdminResource`: list, create, show, replace, change and delete, for staff with
/// one permission.
///
/// Edits and deletions honor `If-Match` with the row's version.
public struct ResourceEndpoints<Resource: AdminResource>: Sendable {
    let database: any Database
    let resource: Resource
    let path: String
    let access: Access
    let reading: Access
    let singular: String
    let plural: String
    private let file: StaticString

    /// Endpoints at `path`, which ends in a slash. `reading` is the access of list and show where it is wider than
    /// `access`; `singular` and `plural` are what the document of the API calls the rows.
    public init(
        _ resource: Resource, at path: String, _ singular: String, _ plural: String, access: Access,
        reading: Access? = nil,
        in database: any Database, file: StaticString = #fileID
    ) {
        self.resource = resource
        self.path = path
        self.singular = singular
        self.plural = plural
        self.database = database
        self.access = access
        self.reading = reading ?? access
        self.file = file
    }

    /// Endpoints at `path` for staff with `permission`.
    public init(
        _ resource: Resource, at path: String, _ singular: String, _ plural: String, permission: String,
        reading: Access? = nil, in database: any Database, file: StaticString = #fileID
    ) {
        self.init(
            resource, at: path, singular, plural, access: .staff(permission), reading: reading, in: database, file: file
        )
    }

    /// List, create, show, replace, change and delete, in this order.
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

    private func list(_ call: APIRequest, _ input: ResourceListInput<Resource>) async throws -> Page<Resource.Body> {
        try await database.read { connection in
            let count = try resource.count(input.filter, connection)
            return try Page(count: count, input.page, of: call) {
                try resource.rows(input.filter, by: input.ordering, input.page, connection).map(resource.body)
            }
        }
    }

    private func create(_: APIRequest, _ input: ChangeInput<Resource>, _ tx: Transaction) throws -> Resource.Body {
        let id = try resource.insert(input.change.applied(to: resource.blank), in: tx)
        return resource.body(of: try require(id, tx))
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> Resource.Body {
        let id = try call.id("id", as: Resource.ID.self)
        return resource.body(of: try await database.read { try require(id, $0) })
    }

    private func update(_ call: APIRequest, _ input: ChangeInput<Resource>, _ tx: Transaction) throws -> Resource.Body {
        let id = try call.id("id", as: Resource.ID.self)
        let row = try require(id, tx)
        try call.checkVersion(Resource.version(of: row))
        try call.recordBefore(resource.body(of: row))
        guard try resource.update(input.change.applied(to: row), in: tx) else {
            throw SQLError(.conflict, message: "the row was changed by another transaction")
        }
        return resource.body(of: try require(id, tx))
    }

    private func delete(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> NoContent {
        let row = try require(try call.id("id", as: Resource.ID.self), tx)
        try call.checkVersion(Resource.version(of: row))
        try call.recordBefore(resource.body(of: row))
        try resource.delete(row, in: tx)
        return NoContent()
    }

    private func require(_ id: Resource.ID, _ connection: Connection) throws -> Resource.Row {
        guard let row = try resource.find(id, connection) else { throw NotFound() }
        return row
    }
}
