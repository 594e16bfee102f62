import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints that import and export categories, products and stock as CSV.
public struct CSVRoutes: Sendable {
    let database: any Database
    let imports: ImportService
    let limit: Int
    fileprivate let exports: TableExport

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
            SheetKind.allCases.flatMap { SheetRoutes(self, of: $0).endpoints })
    }
}

/// The endpoints of one table.
private struct SheetRoutes: Sendable {
    private let database: any Database
    private let imports: ImportService
    private let exports: TableExport
    private let limit: Int
    private let kind: SheetKind

    init(_ routes: CSVRoutes, of kind: SheetKind) {
        database = routes.database
        imports = routes.imports
        exports = routes.exports
        limit = routes.limit
        self.kind = kind
    }

    var endpoints: [Endpoint] {
        let (base, access) = ("/api/admin/\(kind.rawValue)/", Access.staff(kind.permission))
        return [
            Endpoint(
                .get, base + "export/", "Gives \(kind.words) as CSV, as an import takes it.", access: access,
                use: export
            ).refusing(.serviceUnavailable),
            Endpoint(
                .post, base + "imports/",
                "Takes \(kind.words) in, as CSV or .xlsx; a job has the shop agree with it, row by row.",
                access: access,
                status: .accepted, use: receive
            ).form(limit: limit).leased().refusing(.contentTooLarge),
            Endpoint(
                .get, base + "imports/", "Lists the imports of \(kind.words), the newest first.", access: access,
                use: list
            ).refusing(.notFound),
            Endpoint(
                .get, base + "imports/{id}/", "Says how far an import of \(kind.words) is.", access: access, use: show
            ).refusing(.notFound),
            Endpoint(
                .get, base + "imports/{id}/rows/",
                "Lists what became of an import's rows, in the order of the file.", access: access, use: rows
            ).refusing(.notFound),
            Endpoint(
                .delete, base + "imports/{id}/",
                "Ends an import of \(kind.words) that is under way; the rows that are in stay.", access: access,
                status: .noContent, in: database, use: discard
            ).refusing(.notFound, .conflict),
        ]
    }

    private func export(_: APIRequest, _ input: ExportInput) async throws -> Reply<BlockBody> {
        try await exports.csv("\(kind.rawValue).csv", marked: input.isMarked) { connection, line in
            var lines = 0
            try imports.export(kind, connection) { text in
                lines += 1
                guard lines <= ImportService.maxRows + 1 else { throw tooLong }
                line(text)
            }
        }
    }

    private var tooLong: ValidationError {
        .whole("These are more than \(ImportService.maxRows) rows; use `kontor export \(kind.rawValue)`.")
    }

    private func receive(_ call: APIRequest, _ input: ImportInput) async throws -> ImportBody {
        ImportBody(
            try await imports.receive(
                kind, fileName: input.file.fileName, bytes: input.file.bytes, format: input.format,
                isDryRun: input.isDryRun, by: try call.caller().userID, holding: call.confirmSession))
    }

    private func list(_ call: APIRequest, _ input: PageInput) async throws -> Page<ImportBody> {
        let found = try await database.read { try imports.list(kind, input.page, $0) }
        return try Page(found, input.page, of: call, ImportBody.init)
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> ImportBody {
        let id: ImportID = try call.id("id")
        return ImportBody(try await database.read { try imports.find(id, of: kind, $0) })
    }

    private func rows(_ call: APIRequest, _ input: ImportRowsInput) async throws -> Page<ImportRowBody> {
        let id: ImportID = try call.id("id")
        let found = try await database.read {
            try imports.rows(of: id, kind, outcome: input.outcome?.column, input.page, $0)
        }
        return try Page(found, input.page, of: call, ImportRowBody.init)
    }

    private func discard(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> NoContent {
        let found = try imports.find(try call.id("id"), of: kind, tx)
        try call.recordBefore(ImportBody(found))
        _ = try imports.discard(found.id, in: tx)
        return NoContent()
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
