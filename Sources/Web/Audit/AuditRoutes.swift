import Commerce
import HTTPTypes
import Primitives
import SQL

/// The route by which staff read the audit.
public struct AuditRoutes: Sendable {
    let database: any Database

    /// Creates the route over the entries in `database`.
    public init(database: any Database) {
        self.database = database
    }

    /// The list of entries and each of them, for staff with `audit.view`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Audit", "What staff have changed.",
            [
                Endpoint(
                    .get, "/api/admin/audit/", "Lists what staff have done, the newest first.",
                    access: .staff("audit.view"),
                    use: list
                ).refusing(.notFound),
                Endpoint(
                    .get, "/api/admin/audit/{id}/", "Shows one thing that staff have done.",
                    access: .staff("audit.view"), use: show
                ).refusing(.notFound),
            ])
    }

    private func list(_ call: APIRequest, _ input: AuditInput) async throws -> Page<AuditBody> {
        let found = try await database.report { try AuditTrail.entries(input.filter, input.page, $0) }
        return try Page(found, input.page, of: call, AuditBody.init)
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> AuditBody {
        guard let id = Int64(try call.text("id")),
            let entry = try await database.read({ try AuditQueries.find(id, $0) })
        else { throw NotFound() }
        return AuditBody(entry)
    }
}

/// The query of a list of entries.
struct AuditInput: Input {
    let filter: AuditQueries.Filter
    let page: PageRequest

    init(_ fields: Fields) {
        filter = AuditQueries.Filter(
            actor: fields.optionalID("actor"), method: fields.optionalString("method", length: 0...10)?.uppercased(),
            path: fields.optionalString("path", length: 0...500),
            about: fields.optionalString("about", length: 0...500).flatMap { $0.isEmpty ? nil : $0 },
            from: fields.optionalTimestamp("from"),
            until: fields.optionalTimestamp("until", .end), search: fields.search().map(AuditQueries.search),
            sorting: fields.age())
        page = fields.page()
    }
}
