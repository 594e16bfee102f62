import Commerce
import Primitives
import SQL
import Web

/// Stock as staff and vendors see and change it: each as far as their products go, and only what the shop has.
struct StockAdministration: Sendable {
    let stock: StockService
    let check: SellableCheck
    let buyable: StockScope
    private let counts = CountCache()

    init(stock: StockService, check: @escaping SellableCheck, buyable: StockScope) {
        self.stock = stock
        self.check = check
        self.buyable = buyable
    }

    /// Returns the stock rows of a list.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    func rows(
        _ filter: InventoryQueries.StockFilter, by ordering: Ordering<InventoryQueries.StockSortKey>,
        _ page: PageRequest, _ connection: Connection
    ) throws -> PageRows<StockRow> {
        try PageRows(count: InventoryQueries.count(filter, connection), page) {
            try InventoryQueries.stock(filter, by: ordering, page, connection)
        }
    }

    /// Returns a product's stock in every warehouse, and which of the rows can be bought from.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func rows(
        of product: ProductID, for access: StockAccess, _ connection: Connection
    ) throws -> (rows: [StockRow], buyable: Set<StockID>) {
        try access.check(product, connection)
        let rows = try InventoryQueries.stock(of: product, connection)
        if rows.isEmpty, try check(SellableID(product), connection) == .unknownProduct { throw NotFound() }
        return (rows, try InventoryQueries.buyable(of: product, buyable, connection))
    }

    /// Returns a stock row.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func row(_ id: StockID, for access: StockAccess, _ connection: Connection) throws -> StockRow {
        guard let row = try InventoryQueries.stock(id, connection) else { throw NotFound() }
        try access.check(row.sellable.product, connection)
        return row
    }

    /// Returns the movements of a list; where it is long its length may be a second old.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    func movements(
        _ filter: MovementQueries.Filter, by ordering: Ordering<MovementQueries.SortKey>, _ page: PageRequest,
        _ connection: Connection
    ) throws -> PageRows<RecordedMovement> {
        try PageRows(count: counts.count(MovementQueries.counting(filter), connection), page) {
            try MovementQueries.list(filter, by: ordering, page, connection)
        }
    }

    /// Returns the alerts of a list.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    func alerts(
        _ filter: AlertQueries.Filter, by ordering: Ordering<AlertQueries.SortKey>, _ page: PageRequest,
        _ connection: Connection
    ) throws -> PageRows<StockAlert> {
        try PageRows(count: AlertQueries.count(filter, connection), page) {
            try AlertQueries.list(filter, by: ordering, page, connection)
        }
    }

    /// Returns an alert.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func alert(_ id: Int64, for access: StockAccess, _ connection: Connection) throws -> StockAlert {
        let alert = try AlertQueries.find(id, AlertQueries.Filter(owned: access.owned), connection)
        guard let alert else { throw NotFound() }
        return alert
    }

    /// Resolves an alert by hand and gives it as it is then.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func resolve(_ id: Int64, by user: UserID, for access: StockAccess, in tx: Transaction) throws -> StockAlert {
        try AlertQueries.resolve(id, by: user, at: stock.time.now, tx)
        return try alert(id, for: access, tx)
    }
}

/// Changes by hand.
extension StockAdministration {
    /// Corrects what is on hand in one warehouse.
    ///
    /// - Throws: `NotFound`, `ValidationError`, `InventoryError.belowReserved`, `SQLError`.
    func adjust(
        _ adjustment: StockAdjustment, by user: UserID, for access: StockAccess, in tx: Transaction
    ) throws -> (movement: RecordedMovement, stock: StockRow) {
        try refuseUnknown(adjustment.sellable, takes: adjustment.quantity < 0, for: access, tx)
        return try stock.adjust(adjustment, by: user, in: tx)
    }

    /// Moves goods from one warehouse to another.
    ///
    /// - Throws: `NotFound`, `ValidationError`, `InventoryError.belowReserved`, `SQLError`.
    func transfer(
        _ transfer: StockTransfer, by user: UserID, for access: StockAccess, in tx: Transaction
    ) throws -> (movements: [RecordedMovement], stock: [StockRow]) {
        try refuseUnknown(transfer.sellable, takes: true, for: access, tx)
        return try stock.transfer(transfer, by: user, in: tx)
    }

    /// Books a delivery whole: a line that is wrong leaves nothing half counted, and one number stands on all
    /// movements.
    ///
    /// - Throws: `ValidationError` on the lines that name what there is not, or on the warehouse, `SQLError`.
    func receive(_ receipts: [StockReceipt], reference: String, by user: UserID, in tx: Transaction) throws {
        let errors = try receipts.map { try check($0.sellable, tx).error(for: $0.sellable)?.errors ?? .members([:]) }
        guard errors.allSatisfy(\.isEmpty) else { throw ValidationError(.members(["lines": .elements(errors)])) }
        try stock.receive(receipts, reference: reference, by: user, in: tx)
    }

    /// Refuses what the shop does not have. What is left of a product from before it had variants, or of something that
    /// was deleted, can still be moved and written off.
    private func refuseUnknown(
        _ sellable: SellableID, takes: Bool, for access: StockAccess, _ tx: Transaction
    ) throws {
        try access.check(sellable.product, tx)
        guard let error = try check(sellable, tx).error(for: sellable) else { return }
        guard takes, try InventoryQueries.holds(sellable, tx) else { throw error }
    }
}
