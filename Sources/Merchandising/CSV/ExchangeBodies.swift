import Commerce
import Primitives
import Web

/// A file to import.
struct ImportInput: Input {
    let file: UploadedFile
    let format: TableFormat
    let isDryRun: Bool

    init(_ fields: Fields) {
        file = fields.file("file")
        format = fields.choice("format", .optional(.auto))
        isDryRun = fields.boolean("dry_run", .optional(false))
    }
}

/// The query parameters of a list of an import's rows.
struct ImportRowsInput: Input {
    let outcome: OutcomeFilter?
    let page: PageRequest

    init(_ fields: Fields) {
        outcome = fields.optionalChoice("outcome")
        page = fields.page()
    }
}

/// The outcome of a row, as the API names it.
enum OutcomeFilter: String, CaseIterable, Sendable {
    case waiting
    case created
    case updated
    case unchanged
    case failed

    /// The value of the column `outcome`.
    var column: String { self == .waiting ? "" : rawValue }
}

/// An import with its progress.
struct ImportBody: ResponseBody {
    let id: ImportID
    let kind: SheetKind
    let fileName: String
    let isDryRun: Bool
    /// The shop system whose export the file is.
    let format: TableFormat
    /// The columns that hold something and are not taken over, in one line; null where there are none.
    let leftOut: String?
    let status: ImportStatus
    let rowCount: Int
    let doneCount: Int
    let createdCount: Int
    let updatedCount: Int
    let unchangedCount: Int
    let failedCount: Int
    /// The user who sent the file; null where it came from the command line.
    let createdBy: UserID?
    /// The e-mail address of that user, in a list; null elsewhere.
    let createdByEmail: String?
    let createdAt: Timestamp
    let finishedAt: Timestamp?
    /// The reason for which the import failed; null where it did not.
    let error: String?

    init(_ found: SheetImport) {
        id = found.id
        kind = found.kind
        fileName = found.fileName
        isDryRun = found.isDryRun
        format = found.format
        leftOut = found.leftOut.isEmpty ? nil : found.leftOut
        status = found.status
        rowCount = found.counts.rows
        doneCount = found.counts.done
        createdCount = found.counts.created
        updatedCount = found.counts.updated
        unchangedCount = found.counts.unchanged
        failedCount = found.counts.failed
        createdBy = found.createdBy
        createdByEmail = found.creator
        createdAt = found.createdAt
        finishedAt = found.finishedAt
        error = found.failure.isEmpty ? nil : found.failure
    }
}

/// A row of an import with its outcome.
struct ImportRowBody: ResponseBody {
    /// The line at which the row begins in the file, from 1.
    let line: Int
    /// The slug or SKU that the row is about.
    let key: String
    let outcome: String
    /// The messages by column, as a refused request has them; null where the row was not refused.
    let errors: JSONValue?

    init(_ row: ImportRow) {
        line = row.line
        key = row.key
        outcome = row.outcome.isEmpty ? OutcomeFilter.waiting.rawValue : row.outcome
        errors = try? JSONValue(parsing: row.errors.utf8)
    }
}
