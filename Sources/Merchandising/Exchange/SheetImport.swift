import Commerce
import Primitives
import SQL

/// A file on its way into the shop.
public struct SheetImport: Sendable, Hashable {
    public let id: ImportID
    public let kind: SheetKind
    public let fileName: String
    /// Whether nothing is kept of what the rows do.
    public let isDryRun: Bool
    public let status: ImportStatus
    let header: [String]
    /// Why it failed; blank where it did not.
    public let failure: String
    public let counts: ImportCounts
    public let createdBy: UserID?
    public let createdAt: Timestamp
    public let finishedAt: Timestamp?
}

/// How far an import is.
public enum ImportStatus: String, Sendable, Hashable, Codable, SQLConvertible {
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

    /// Whether rows may still come in.
    public var isUnderWay: Bool { self == .receiving || self == .running }
}

/// What became of an import's rows.
public struct ImportCounts: Sendable, Hashable {
    /// All rows of the file.
    public var rows = 0
    public var created = 0
    public var updated = 0
    public var unchanged = 0
    public var failed = 0

    /// The rows that are through.
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

/// What became of a row.
enum RowOutcome: Sendable {
    case effect(RowEffect)
    /// Refused; its messages have the shape of a refused request's.
    case failed(JSONValue)

    /// As the column `outcome` has it; blank is a row that is not through.
    var name: String {
        switch self {
        case .effect(let effect): effect.rawValue
        case .failed: "failed"
        }
    }

    /// The messages as JSON; blank where there are none.
    ///
    /// - Throws: an encoding error.
    func errors() throws -> String { if case .failed(let errors) = self { try CellText.json(errors) } else { "" } }
}

/// A row of an import as it is kept.
public struct ImportRow: Sendable, Hashable {
    /// From 1.
    public let number: Int
    /// Where it begins in the file, from 1.
    public let line: Int
    public let key: String
    let cells: [String]
    /// `created`, `updated`, `unchanged` or `failed`; blank while it waits.
    public let outcome: String
    /// JSON; blank where it was not refused.
    public let errors: String
}

extension ImportRow {
    /// Why it was refused, in one line for people.
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
        id, kind, file_name, is_dry_run, status, header, row_count, created_count, updated_count, unchanged_count,
        failed_count, created_by, created_at, finished_at, failure
        """

    public init(row: Row) throws {
        id = try row[0]
        kind = try row[1]
        fileName = try row[2]
        isDryRun = try row[3]
        status = try row[4]
        header = try CellText.cells(row[5])
        counts = ImportCounts(
            rows: try row[6], created: try row[7], updated: try row[8], unchanged: try row[9], failed: try row[10])
        createdBy = try row[11]
        createdAt = try row[12]
        finishedAt = try row[13]
        failure = try row[14]
    }
}

extension ImportRow: RowDecodable {
    static let columns: Query = "number, line, row_key, cells, outcome, errors"

    public init(row: Row) throws {
        number = try row[0]
        line = try row[1]
        key = try row[2]
        cells = try CellText.cells(row[3])
        outcome = try row[4]
        errors = try row[5]
    }
}

/// Cells as a column of JSON.
enum CellText {
    /// - Throws: an encoding error.
    static func text(_ cells: [String]) throws -> String { try json(.array(cells.map { .string($0) })) }

    /// - Throws: an encoding error.
    static func json(_ value: JSONValue) throws -> String {
        String(decoding: try JSONBytes.encode(value), as: UTF8.self)
    }

    /// - Throws: `SQLError` of kind `.decoding`.
    static func cells(_ text: String) throws -> [String] {
        guard case .array(let elements)? = try? JSONValue(parsing: text.utf8) else {
            throw SQLError(.decoding, message: "cells are not a list")
        }
        return elements.compactMap { if case .string(let cell) = $0 { cell } else { nil } }
    }
}
