import Commerce
import Messages
import Primitives
import SQL

/// The one owner of stock: every change of the units on hand or reserved goes through here.
///
/// Rows are changed in the order totals, stock, both by ascending key, by conditional updates whose counts are checked.
public struct StockService: Sendable {
    let time: TimeSource
    let sold: StockScope
    /// Updates the prices that lists show, after the availability of a variant changed.
    public let refreshPrices: PriceRefresh
    /// Says that a product or a variant became available or ceased to be.
    public let notice: OfferNotice
    /// What goods are called, for what other systems are told.
    let names: SellableNameReader
    let events: EventPublisher

    /// Creates a service. `sold` holds for the stock that the shop sells: there are no alerts about the rest. `prices`
    /// is called for the products of which a variant became available or ceased to be, `notice` for those that did
    /// themselves as well; `events` is told of stock that runs low, with what `names` says it is called.
    public init(
        time: TimeSource = .machine, sold: StockScope = .all, prices: @escaping PriceRefresh = { _, _ in },
        notice: @escaping OfferNotice = { _, _ in }, names: @escaping SellableNameReader = { _, _ in [:] },
        events: EventPublisher = .silent
    ) {
        self.names = names
        self.events = events
        self.time = time
        self.sold = sold
        self.refreshPrices = prices
        self.notice = notice
    }

    /// Returns the warehouse with this code, or nil.
    ///
    /// - Throws: `SQLError`.
    public func warehouse(code: String, _ connection: Connection) throws -> WarehouseID? {
        try WarehouseQueries.find(code: code, connection)
    }

    /// Returns where stock is kept for which no warehouse is named, or nil where there are none.
    ///
    /// - Throws: `SQLError`.
    public func defaultWarehouse(_ connection: Connection) throws -> WarehouseID? {
        try InventoryQueries.defaultWarehouse(connection)
    }

    /// Adds goods to warehouses; stock rows are created where they are missing. `reference` is the number of the
    /// delivery.
    ///
    /// - Throws: `ValidationError` where a quantity is negative, a warehouse would hold too much or does not exist,
    ///   `OutOfRange`, `SQLError`.
    public func receive(
        _ items: [StockReceipt], reference: String? = nil, by user: UserID?, in tx: Transaction
    ) throws {
        guard items.allSatisfy({ $0.quantity >= 0 }) else {
            throw ValidationError("quantity", "Ensure this value is greater than or equal to 0.")
        }
        try book(items, as: .purchase, reference: reference.map { .purchaseOrder($0) }, by: user, in: tx)
    }

    private func book(
        _ items: [StockReceipt], as type: MovementType, reference: MovementReference?, by user: UserID?,
        in tx: Transaction
    ) throws {
        guard !items.isEmpty else { return }
        let rows = try arrivals(items, tx)
        let now = time.now
        try StockQueries.receive(rows.map(\.arrival), at: now, tx)
        let arrived = rows.filter { $0.arrival.quantity > 0 }
        let movements = arrived.map { row in
            StockMovement(
                sellable: row.arrival.sellable, warehouse: row.arrival.warehouse, type: type,
                quantity: row.arrival.quantity, reference: reference, notes: row.note,
                createdBy: user, createdAt: now)
        }
        try MovementQueries.record(movements, tx)
        let levels = try watch(arrived.map(\.arrival), tx)
        try Self.checkRoom(levels.map(\.onHand))
        tx.catalogChanged()
    }

    private func arrivals(
        _ items: [StockReceipt], _ tx: Transaction
    ) throws -> [(arrival: StockQueries.Arrival, note: String)] {
        let fallback = items.contains { $0.warehouse == nil } ? try InventoryQueries.defaultWarehouse(tx) : nil
        let named = Set(items.compactMap(\.warehouse) + [fallback].compactMap { $0 })
        let places = try WarehouseQueries.places(named.sorted(), tx)
        return try items.map { item in
            guard let place = places.first(where: { $0.id == item.warehouse ?? fallback }) else {
                throw Self.unknownWarehouse
            }
            return (
                StockQueries.Arrival(
                    sellable: item.sellable, warehouse: place.id, quantity: item.quantity, isForSale: place.isActive),
                item.note
            )
        }.sorted { ($0.0.sellable, $0.0.warehouse) < ($1.0.sellable, $1.0.warehouse) }
    }

    /// Reserves `lines` for an order that holds nothing yet, never more than is available, until `deadline` or, where
    /// that is nil, without end.
    ///
    /// - Throws: `InventoryError.insufficientStock` with every line that is short, `OutOfRange`, `SQLError`.
    public func reserve(
        _ lines: [StockLine], for order: OrderID, until deadline: Timestamp?, in tx: Transaction
    ) throws {
        guard !lines.isEmpty else { return }
        let shifts = try lines.map { StockShift($0.sellable, reserved: $0.quantity) }.summed()
        let lines = shifts.map { StockLine($0.key, quantity: $0.reserved) }
        let now = time.now
        // The totals' rows are locked now; what the plan reads of these goods stays as it is until the commit.
        let isCovered = try StockQueries.shiftTotals(shifts, tx) == shifts.count
        let plan = try ParcelPlan(lines, over: StockQueries.shelves(lines.map(\.sellable), tx))
        guard plan.shortages.isEmpty else { throw InventoryError.insufficientStock(plan.shortages) }
        guard isCovered else { throw Self.concurrentUpdate }
        let picks = plan.picks.map { StockShift($0.shelf.id, reserved: $0.quantity) }.sorted { $0.key < $1.key }
        guard try StockQueries.shiftStock(picks, at: now, tx) == picks.count else { throw Self.concurrentUpdate }
        try ReservationQueries.insert(plan.picks, for: order, until: deadline, at: now, tx)
        try watch(picks, tx)
        tx.catalogChanged()
    }

    /// Clears the deadline of an order's reservations, because it was paid or staff accepted it.
    ///
    /// - Throws: `SQLError`.
    public func confirmReservations(_ order: OrderID, in tx: Transaction) throws {
        try ReservationQueries.clearDeadline(order, tx)
    }

    /// Releases everything that is reserved for an order; returns false where nothing is.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    @discardableResult
    public func release(_ order: OrderID, in tx: Transaction) throws -> Bool {
        let held = try ReservationQueries.held(for: order, tx)
        guard !held.isEmpty else { return false }
        try end(held.map { ($0, true) }, of: order, as: .released, tx)
        try shift(held, takingAway: false, tx)
        return true
    }

    /// Releases these units of what is reserved for an order.
    ///
    /// - Throws: `InventoryError.nothingReserved` where less is reserved, `OutOfRange`, `SQLError`.
    public func release(_ order: OrderID, _ lines: [StockLine], in tx: Transaction) throws {
        let leaving = try Self.leaving(try ReservationQueries.held(for: order, tx), lines, of: order)
        try end(leaving, of: order, as: .released, tx)
        try shift(leaving.map(\.part), takingAway: false, tx)
    }

    /// Takes reserved units out of their warehouses because they have shipped: those of `lines`, or all where that is
    /// nil.
    ///
    /// - Throws: `InventoryError.nothingReserved` where less is reserved, `OutOfRange`, `SQLError`.
    public func fulfill(_ order: OrderID, _ lines: [StockLine]? = nil, in tx: Transaction) throws {
        let held = try ReservationQueries.held(for: order, tx)
        let leaving = try Self.leaving(held, lines, of: order)
        let now = time.now
        try end(leaving, of: order, as: .fulfilled, tx)
        try shift(leaving.map(\.part), takingAway: true, tx)
        let movements = leaving.map { leaving in
            StockMovement(
                sellable: leaving.part.sellable, warehouse: leaving.part.warehouse, type: .sale,
                quantity: -leaving.part.quantity, reference: .order(order), notes: "", createdBy: nil, createdAt: now)
        }
        try MovementQueries.record(movements, tx)
    }

    /// Ends reservations, or splits off what ends of them.
    private func end(
        _ leaving: [(part: ReservationQueries.Held, isWhole: Bool)], of order: OrderID,
        as state: ReservationQueries.EndState, _ tx: Transaction
    ) throws {
        let (whole, parts) = (leaving.filter(\.isWhole).map(\.part), leaving.filter { !$0.isWhole }.map(\.part))
        guard try ReservationQueries.end(whole.map(\.id), as: state, tx) == whole.count,
            try ReservationQueries.split(parts, of: order, as: state, at: time.now, tx) == parts.count
        else { throw Self.concurrentUpdate }
    }

    /// Returns the units that leave each reservation, and whether those are all of it.
    private static func leaving(
        _ held: [ReservationQueries.Held], _ lines: [StockLine]?, of order: OrderID
    ) throws -> [(part: ReservationQueries.Held, isWhole: Bool)] {
        guard let lines else {
            if held.isEmpty { throw InventoryError.nothingReserved(order) }
            return held.map { ($0, true) }
        }
        var missing = Dictionary(lines.map { ($0.sellable, $0.quantity) }, uniquingKeysWith: +)
        let leaving = held.compactMap { part -> (ReservationQueries.Held, Bool)? in
            let quantity = min(part.quantity, missing[part.sellable] ?? 0)
            guard quantity > 0 else { return nil }
            missing[part.sellable, default: 0] -= quantity
            var leaving = part
            leaving.quantity = quantity
            return (leaving, quantity == part.quantity)
        }
        guard missing.values.allSatisfy({ $0 == 0 }) else { throw InventoryError.nothingReserved(order) }
        return leaving
    }

    private func shift(_ held: [ReservationQueries.Held], takingAway: Bool, _ tx: Transaction) throws {
        let totals = try held.map { part in
            StockShift(part.sellable, onHand: takingAway ? -part.quantity : 0, reserved: -part.quantity)
        }.summed()
        guard try StockQueries.shiftTotals(totals, tx) == totals.count else { throw Self.concurrentUpdate }
        let stock = try held.map { part in
            StockShift(part.stock, onHand: takingAway ? -part.quantity : 0, reserved: -part.quantity)
        }.summed()
        guard try StockQueries.shiftStock(stock, at: time.now, tx) == stock.count else { throw Self.concurrentUpdate }
        try watch(stock, tx)
        // What leaves a warehouse was held, so nobody could buy it before either.
        if !takingAway { tx.catalogChanged() }
    }

    /// Puts goods that an order's customer returned into the default warehouse.
    ///
    /// - Throws: `ValidationError` where that would hold too much, `OutOfRange`, `SQLError`.
    public func takeBack(_ lines: [StockLine], of order: OrderID, by user: UserID?, in tx: Transaction) throws {
        let items = lines.map { StockReceipt($0.sellable, quantity: $0.quantity) }
        try book(items, as: .return, reference: .order(order), by: user, in: tx)
    }

    /// The most units of one product or variant in one warehouse: far more than a shop has, far below where sums
    /// overflow.
    static let maxPieces = 1_000_000_000_000

    /// Refuses quantities that are above ``maxPieces``.
    static func checkRoom(_ onHand: [Int]) throws {
        guard onHand.allSatisfy({ $0 <= maxPieces }) else {
            throw ValidationError(
                "quantity", "Out of range: a warehouse holds at most \(maxPieces) pieces of one thing.")
        }
    }

    static let unknownWarehouse = ValidationError("warehouse_id", "This warehouse does not exist.")

    /// The error that has the transaction run again: another one changed the same rows between reading and writing.
    static let concurrentUpdate = SQLError(.conflict, message: "stock was changed by another transaction")
}
