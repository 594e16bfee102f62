import Commerce
import Primitives
import SQL

/// The application of some rows of an import in one transaction.
struct ImportStep {
    /// The rows of one step: few enough that nobody waits long for the database.
    static let rows = 25

    private let current: SheetImport
    private let sheet: any Sheet
    private let origin: RowOrigin
    private let tx: Transaction

    init(_ current: SheetImport, sheet: any Sheet, _ tx: Transaction) {
        self.current = current
        self.sheet = sheet
        self.origin = RowOrigin(importID: current.id, user: current.createdBy)
        self.tx = tx
    }

    /// Does the rows.
    ///
    /// - Throws: `SQLError` where the database fails.
    func perform(_ rows: [ImportRow]) throws -> [RowOutcome] { try rows.map(perform) }

    /// Returns what the rows would do, after those of the file that were tried before; nothing of it stays.
    ///
    /// - Throws: `SQLError` where the database fails.
    func rehearse(_ rows: [ImportRow]) throws -> [RowOutcome] {
        var outcomes: [RowOutcome] = []
        do {
            try tx.savepoint { _ in
                var replayed: Set<Int> = []
                for row in rows {
                    try replay([row.key] + neededKeys(of: row), &replayed)
                    outcomes.append(try perform(row))
                }
                throw Rehearsed()
            }
        } catch is Rehearsed {}
        return outcomes
    }

    private struct Rehearsed: Error {}

    /// Applies again what earlier rows of the file did to what this one builds upon: each was undone with its own
    /// rehearsal.
    private func replay(_ keys: [String], _ replayed: inout Set<Int>) throws {
        for key in keys {
            for row in try ImportQueries.effective(of: current.id, about: key, tx)
            where replayed.insert(row.number).inserted {
                try replay(neededKeys(of: row), &replayed)
                _ = try perform(row)
            }
        }
    }

    private func neededKeys(of row: ImportRow) -> [String] {
        sheet.neededKeys(of: SheetRow(row.cells, under: current.header)).map(\.asRowKey)
    }

    private func perform(_ row: ImportRow) throws -> RowOutcome {
        let cells = SheetRow(row.cells, under: current.header)
        do {
            return .effect(try tx.savepoint { try sheet.apply(cells, from: origin, in: $0) })
        } catch let error as ValidationError {
            origin.categories.undo()
            return .failed(SheetAdvice.advised(error, cells).errors.json)
        } catch let error as any BusinessError {
            origin.categories.undo()
            return .failed(ValidationError.whole(error.message).errors.json)
        } catch let error as SQLError where error.isOfTheRow {
            origin.categories.undo()
            return .failed(
                ValidationError.whole(
                    "The database refuses this row: something in it is too long, or is taken by another row."
                ).errors.json)
        }
    }
}

extension SQLError {
    /// Whether the written values are to blame, and not the database or concurrent writers.
    fileprivate var isOfTheRow: Bool {
        switch kind {
        case .unique, .foreignKey, .check, .notNull, .outOfRange: true
        default: false
        }
    }
}
