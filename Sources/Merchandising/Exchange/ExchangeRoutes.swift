import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints that import and export categories, products and stock as CSV.
public struct ExchangeRoutes: Sendable {
    let database: any Database
    let imports: ImportService
    let limit: Int
    private let exports: TableExport

    /// Creates the endpoints; `limit` is the most bytes of a file, and `line` the queue in which all exports of a shop
    /// wait.
    public init(
        database: any Database, imports: ImportService, limit: Int, line: ExportLine = ExportLine()
    ) {
        exports = TableExport(database, line: line)
        self.database = database
        self.imports = imports
        self.limit = limit
    }

    /// The endpoints under the tag `Imports and exports`.
    public var group: EndpointGroup {
        EndpointGroup(
            "Imports and exports", "Tables of categories, products and stock, in and out.",
            SheetKind.allCases.flatMap { [export($0), receive($0), list($0), show($0), rows($0), discard($0)] })
    }

    private func export(_ kind: SheetKind) -> Endpoint {
        Endpoint(
            .get, "/api/admin/\(kind.rawValue)/export/", "Gives \(kind.words) as CSV, as an import takes it.",
            access: .staff(kind.permission)
        ) { (_: APIRequest, _: NoInput) -> Reply<BlockBody> in
            try await exports.csv("\(kind.rawValue).csv") { connection, line in
                var lines = 0
                try imports.export(kind, connection) { text in
                    lines += 1
                    guard lines <= ImportService.mostRows + 1 else { throw Self.tooLong(kind) }
                    line(text)
                }
            }
        }
        .refusing(.serviceUnavailable)
    }

    private static func tooLong(_ kind: SheetKind) -> ValidationError {
        .whole("These are more than \(ImportService.mostRows) rows; use `kontor export \(kind.rawValue)`.")
    }

    private func receive(_ kind: SheetKind) -> Endpoint {
        Endpoint(
            .post, "/api/admin/\(kind.rawValue)/imports/",
            "Takes a CSV of \(kind.words) in; a job has the shop agree with it, row by row.",
            access: .staff(kind.permission), status: .accepted
        ) { (call: APIRequest, input: ImportInput) -> ImportBody in
            ImportBody(
                try await imports.receive(
                    kind, fileName: input.file.fileName, bytes: input.file.bytes, isDryRun: input.isDryRun,
                    by: try call.caller().userID, holding: call.hold))
        }
        .form(limit: limit)
        .refusing(.contentTooLarge)
    }

    private func list(_ kind: SheetKind) -> Endpoint {
        Endpoint(
            .get, "/api/admin/\(kind.rawValue)/imports/", "Lists the imports of \(kind.words), the newest first.",
            access: .staff(kind.permission)
        ) { (call: APIRequest, input: PageInput) -> Page<ImportBody> in
            try await database.read { connection in
                let count = try ImportQueries.count(kind, connection)
                return try Page(count: count, input.page, of: call) {
                    try ImportQueries.list(kind, input.page, connection).map(ImportBody.init)
                }
            }
        }
        .refusing(.notFound)
    }

    private func show(_ kind: SheetKind) -> Endpoint {
        Endpoint(
            .get, "/api/admin/\(kind.rawValue)/imports/{id}/", "Says how far an import of \(kind.words) is.",
            access: .staff(kind.permission)
        ) { (call: APIRequest, _: NoInput) -> ImportBody in
            let id: ImportID = try call.id("id")
            return ImportBody(try await database.read { try Self.find(id, kind, $0) })
        }
        .refusing(.notFound)
    }

    private func discard(_ kind: SheetKind) -> Endpoint {
        Endpoint(
            .delete, "/api/admin/\(kind.rawValue)/imports/{id}/",
            "Ends an import of \(kind.words) that is under way; the rows that are in stay.",
            access: .staff(kind.permission), status: .noContent, in: database
        ) { (call: APIRequest, _: NoInput, tx) -> NoContent in
            let found = try Self.find(try call.id("id"), kind, tx)
            try call.noteBefore(ImportBody(found))
            _ = try imports.discard(found.id, in: tx)
            return NoContent()
        }
        .refusing(.notFound, .conflict)
    }

    private func rows(_ kind: SheetKind) -> Endpoint {
        Endpoint(
            .get, "/api/admin/\(kind.rawValue)/imports/{id}/rows/",
            "Lists what became of an import's rows, in the order of the file.", access: .staff(kind.permission)
        ) { (call: APIRequest, input: ImportRowsInput) -> Page<ImportRowBody> in
            let id: ImportID = try call.id("id")
            return try await database.read { connection in
                let outcome = input.outcome?.column
                _ = try Self.find(id, kind, connection)
                let count = try ImportQueries.countRows(of: id, outcome: outcome, connection)
                return try Page(count: count, input.page, of: call) {
                    try ImportQueries.rows(of: id, outcome: outcome, input.page, connection).map(ImportRowBody.init)
                }
            }
        }
        .refusing(.notFound)
    }

    private static func find(_ id: ImportID, _ kind: SheetKind, _ connection: Connection) throws -> SheetImport {
        guard let found = try ImportQueries.find(id, connection), found.kind == kind else { throw NotFound() }
        return found
    }
}

extension SheetKind {
    fileprivate var permission: String {
        switch self {
        case .categories, .products: ProductRoutes.permission
        case .stock: "inventory.edit"
        }
    }

    fileprivate var words: String {
        switch self {
        case .categories: "the categories"
        case .products: "the products and their variants"
        case .stock: "the stock"
        }
    }
}
