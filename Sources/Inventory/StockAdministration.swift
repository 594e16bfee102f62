import Commerce
import Primitives
import SQL
import Web

/// Stock as staff and vendors see and change it: each as far as their products go, and only what the shop has.
struct StockAdministration: Sendable {
    let stock: StockService
    let check: SellableCheck
    let goods: GoodsReader
    let buyable: StockScope
    private let counts = CountCache()

    /// The stock of a product with all of its variants.
    struct ProductStock: Sendable {
        let productName: String
        let rows: [StockRow]
        /// Those of the rows that can be bought from.
        let buyable: Set<StockID>
        let names: [SellableID: SellableName]
    }

    init(stock: StockService, check: @escaping SellableCheck, goods: GoodsReader, buyable: StockScope) {
        self.stock = stock
        self.check = check
        self.goods = goods
        self.buyable = buyable
    }

    /// Returns what the goods of some rows and these warehouses are called.
    ///
    /// - Throws: `SQLError`.
    func labels(
        _ sold: [SellableID], in warehouses: [WarehouseID] = [], _ connection: Connection
    ) throws -> StockLabels {
        StockLabels(
            goods: try goods.names(Set(sold).sorted(), connection),
            warehouses: try WarehouseQueries.names(of: Set(warehouses).sorted(), connection))
    }

    /// Returns the stock rows of a list, and what they are rows of.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    func rows(
        _ filter: InventoryQueries.StockFilter, by ordering: Ordering<InventoryQueries.StockSortKey>,
        _ page: PageRequest, _ connection: Connection
    ) throws -> (found: PageRows<StockRow>, labels: StockLabels) {
        var filter = filter
        filter.match = try goods.match(filter.search, connection)
        let found = try PageRows(count: counts.count(InventoryQueries.counting(filter), connection), page) {
            try InventoryQueries.stock(filter, by: ordering, page, connection)
        }
        return (found, try labels(found.rows.map(\.sellable), connection))
    }

    /// Returns a product's stock in every warehouse.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func rows(of product: ProductID, for access: StockAccess, _ connection: Connection) throws -> ProductStock {
        try access.check(product, connection)
        let rows = try InventoryQueries.stock(of: product, connection)
        if rows.isEmpty, try check(SellableID(product), connection) == .unknownProduct { throw NotFound() }
        let whole = SellableID(product)
        let names = try goods.names(Set(rows.map(\.sellable) + [whole]).sorted(), connection)
        return ProductStock(
            productName: names[whole]?.product ?? "", rows: rows,
            buyable: try InventoryQueries.buyable(of: product, buyable, connection), names: names)
    }

    /// Returns what is sold under a SKU, what it is called and how much of it lies in a warehouse, or in the default one.
    ///
    /// - Throws: `NotFound`, `ValidationError` where it does not say which variant is meant or there is no such
    ///   warehouse, `SQLError`.
    func find(
        sku: String, in warehouse: WarehouseID?, for access: StockAccess, _ connection: Connection
    ) throws -> FoundStockBody {
        guard let id = try goods.sellable(sku, connection) else { throw NotFound() }
        try access.check(id.product, connection)
        if try check(id, connection) == .needsVariant {
            throw ValidationError("sku", "This product has variants; name the one that is meant.")
        }
        guard let place = try WarehouseQueries.named(warehouse, connection) else {
            throw ValidationError("warehouse", "This warehouse does not exist.")
        }
        return FoundStockBody(
            id, try goods.names([id], connection)[id], in: place,
            try InventoryQueries.stock(id, in: place.id, connection))
    }

    /// Returns a stock row.
    ///
    /// - Throws: `NotFound`, `SQLError`.
    func row(_ id: StockID, for access: StockAccess, _ connection: Connection) throws -> StockRow {
        guard let row = try InventoryQueries.stock(id, connection) else { throw NotFound() }
        try access.check(row.sellable.product, connection)
        return row
    }

    /// Returns the movements of a list, and what they are of; where it is long its length may be a second old.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    func movements(
        _ filter: MovementQueries.Filter, by ordering: Ordering<MovementQueries.SortKey>, _ page: PageRequest,
        _ connection: Connection
    ) throws -> (found: PageRows<RecordedMovement>, labels: StockLabels) {
        var filter = filter
        filter.match = try goods.match(filter.search, connection)
        let found = try PageRows(count: counts.count(MovementQueries.counting(filter), connection), page) {
            try MovementQueries.list(filter, by: ordering, page, numbering: goods.order, connection)
        }
        let movements = found.rows.map(\.movement)
        return (found, try labels(movements.map(\.sellable), in: movements.map(\.warehouse), connection))
    }

    /// Returns the alerts of a list, and what they are about.
    ///
    /// - Throws: `NotFound` where there is no such page, `SQLError`.
    func alerts(
        _ filter: AlertQueries.Filter, by ordering: Ordering<AlertQueries.SortKey>, _ page: PageRequest,
        _ connection: Connection
    ) throws -> (found: PageRows<StockAlert>, labels: StockLabels) {
        let found = try PageRows(count: AlertQueries.count(filter, connection), page) {
            try AlertQueries.list(filter, by: ordering, page, connection)
        }
        return (found, try labels(found.rows.map(\.sellable), in: found.rows.map(\.warehouse), connection))
    }

    /// Returns an alert as it is shown.
    ///
    /// - Throws: `SQLError`.
    func body(of alert: StockAlert, _ connection: Connection) throws -> AlertBody {
        AlertBody(alert, try labels([alert.sellable], in: [alert.warehouse], connection))
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
    /// - Throws: `ValidationError` on the lines that name what there is not, or what another line names, or on the
    ///   warehouse, `SQLError`.
    func receive(_ delivery: Delivery, by user: UserID, in tx: Transaction) throws {
        let found = try delivery.lines.map { try named($0.goods, tx) }
        let errors = found.map { if case .failure(let error) = $0 { error.errors } else { FieldErrors.members([:]) } }
        guard errors.allSatisfy(\.isEmpty) else { throw ValidationError(.members(["lines": .elements(errors)])) }
        let sold = found.compactMap { try? $0.get() }
        guard Set(sold).count == sold.count else {
            throw ValidationError("lines", "Each product or variant may stand only once.")
        }
        let receipts = zip(sold, delivery.lines).map { id, line in
            StockReceipt(id, quantity: line.quantity, warehouse: delivery.warehouse, note: delivery.notes)
        }
        try stock.receive(receipts, reference: delivery.reference, by: user, in: tx)
    }

    /// Returns what a line of a delivery names, or why it names nothing.
    private func named(_ goods: NamedGoods, _ tx: Transaction) throws -> Result<SellableID, ValidationError> {
        switch goods {
        case .id(let id):
            if let error = try check(id, tx).error(for: id) { return .failure(error) }
            return .success(id)
        case .sku(let sku):
            guard let id = try self.goods.sellable(sku, tx) else {
                return .failure(ValidationError("sku", "Nothing has this SKU."))
            }
            guard try check(id, tx) == .valid else {
                return .failure(ValidationError("sku", "This product has variants; name the one that is meant."))
            }
            return .success(id)
        }
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
