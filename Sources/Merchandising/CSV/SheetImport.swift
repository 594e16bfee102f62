import Commerce
import Primitives
import SQL

/// An import: a file whose rows are applied to the shop one after another.
public struct SheetImport: Sendable, Hashable {
    /// The primary key.
    public let id: ImportID
    /// The table that the file is of.
    public let kind: SheetKind
    /// The name of the file as it was sent, at most 255 characters.
    public let fileName: String
    /// Whether the effects of the rows are undone.
    public let isDryRun: Bool
    /// The state of the import.
    public let status: ImportStatus
    /// The shop system whose export it is.
    public let format: TableFormat
    /// The columns that hold something and are not taken over, in one line of at most 500 characters; empty where there are
    /// none.
    public let leftOut: String
    let header: [String]
    /// The reason for which it failed; empty where it did not.
    public let failure: String
    /// The numbers of rows by outcome.
    public let counts: ImportCounts
    /// The user who sent the file; nil for the command line.
    public let createdBy: UserID?
    /// The e-mail address of that user; lists read it.
    var creator: String?
    /// The moment at which the file was received, in UTC.
    public let createdAt: Timestamp
    /// The moment at which it ended, in UTC; nil while it is under way.
    public let finishedAt: Timestamp?
}

/// How far an import is.
public enum ImportStatus: String, WireEnum {
    /// Its rows are being written down; one that stays here was broken off.
    case receiving
    case running
    case finished
    /// Somebody ended it; the rows that were in stay.
    case discarded
    /// A newer import of the same table has taken its place.
    case replaced
    /// It met what nobody had foreseen; the rows that were in stay.
    case failed

    /// Whether rows may still be applied.
    public var isUnderWay: Bool { self == .receiving || self == .running }
}

/// The numbers of an import's rows by outcome.
public struct ImportCounts: Sendable, Hashable {
    /// The rows of the file, the header apart.
    public var rows = 0
    /// The rows that created something.
    public var created = 0
    /// The rows that changed something.
    public var updated = 0
    /// The rows that the shop agreed with already.
    public var unchanged = 0
    /// The rows that were refused.
    public var failed = 0

    /// The rows that have been processed.
    public var done: Int { created + updated + unchanged + failed }

    mutating func add(_ outcome: RowOutcome) {
        switch outcome {
        case .effect(.created): created += 1
        case .effect(.updated): updated += 1
        case .effect(.unchanged): unchanged += 1
        case .failed: failed += 1
        }
    }
}

/// The outcome of a row.
enum RowOutcome: Sendable {
    case effect(RowEffect)
    /// Refused; its messages have the shape of a refused request's.
    case failed(JSONValue)

    /// The value of the column `outcome`; empty is a row that has not been processed.
    var name: String {
        switch self {
        case .effect(let effect): effect.rawValue
        case .failed: "failed"
        }
    }

    /// Returns the messages as JSON; empty where there are none.
    ///
    /// - Throws: `EncodingError`.
    func errors() throws -> String { if case .failed(let errors) = self { try CellText.json(errors) } else { "" } }
}

/// A row of an import as it is stored.
public struct ImportRow: Sendable, Hashable {
    /// The number of the row, from 1; the header does not count.
    public let number: Int
    /// The line at which it begins in the file, from 1.
    public let line: Int
    /// The slug or SKU that it is about, at most 200 characters; empty where its cells do not match the header.
    public let key: String
    let cells: [String]
    /// `created`, `updated`, `unchanged` or `failed`; empty while it waits.
    public let outcome: String
    /// The messages by column as JSON; empty where it was not refused.
    public let errors: String
}

extension ImportRow {
    /// The reasons for which it was refused, in one line for people.
    public var reasons: String {
        guard case .object(let members)? = try? JSONValue(parsing: errors.utf8) else { return errors }
        return members.sorted { $0.key < $1.key }.map { name, messages in
            (name == "non_field_errors" ? "" : name + ": ") + Self.texts(messages).joined(separator: " ")
        }.joined(separator: "; ")
    }

    private static func texts(_ value: JSONValue) -> [String] {
        switch value {
        case .string(let text): [text]
        case .array(let elements): elements.flatMap(texts)
        case .object(let members): members.sorted { $0.key < $1.key }.flatMap { texts($0.value) }
        default: []
        }
    }
}

extension SheetImport: RowDecodable {
    static let columns: Query = """
        id, kind, file_name, is_dry_run, format, left_out, status, header, row_count, created_count, updated_count, unchanged_count,
        failed_count, created_by, created_at, finished_at, failure
        """

    /// Decodes a row of `columns`.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        id = try row()
        kind = try row()
        fileName = try row()
        isDryRun = try row()
        format = try row()
        leftOut = try row()
        status = try row()
        header = try CellText.cells(row())
        counts = ImportCounts(
            rows: try row(), created: try row(), updated: try row(), unchanged: try row(), failed: try row())
        createdBy = try row()
        createdAt = try row()
        finishedAt = try row()
        failure = try row()
    }
}

extension ImportRow: RowDecodable {
    static let columns: Query = "number, line, row_key, cells, outcome, errors"

    /// Decodes a row of `columns`.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    public init(row: inout RowReader) throws {
        number = try row()
        line = try row()
        key = try row()
        cells = try CellText.cells(row())
        outcome = try row()
        errors = try row()
    }
}

/// Cells as the text of a JSON column.
enum CellText {
    /// Returns cells as JSON.
    ///
    /// - Throws: `EncodingError`.
    static func text(_ cells: [String]) throws -> String { try json(.array(cells.map { .string($0) })) }

    /// Returns a value as JSON.
    ///
    /// - Throws: `EncodingError`.
    static func json(_ value: JSONValue) throws -> String {
        String(decoding: try JSONBytes.encode(value), as: UTF8.self)
    }

    /// Parses the cells of a JSON column.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    static func cells(_ text: String) throws -> [String] {
        guard case .array(let elements)? = try? JSONValue(parsing: text.utf8) else {
            throw SQLError(.decoding, message: "cells are not a list")
        }
        return elements.compactMap { if case .string(let cell) = $0 { cell } else { nil } }
    }
}
