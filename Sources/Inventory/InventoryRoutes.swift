import Commerce
import HTTPTypes
import SQL
import Web

/// Stock and warehouses for staff.
public struct InventoryRoutes: Sendable {
    static let permission = "inventory.edit"

    let database: any Database
    let stock: StockService
    let check: SellableCheck

    /// `check` says what a product or variant id stands for.
    public init(database: any Database, stock: StockService, check: @escaping SellableCheck) {
        self.database = database
        self.stock = stock
        self.check = check
    }

    public var group: EndpointGroup { EndpointGroup("Inventory", [list, detail, adjust, warehouses]) }

    private var list: Endpoint {
        Endpoint(.get, "/api/inventory/stock/", "Lists stock rows.", access: .staff(Self.permission)) {
            (call: APIRequest, input: StockListInput) -> Page<StockBody> in
            try await database.read { connection in
                let count = try InventoryQueries.count(input.filter, connection)
                try input.page.check(count)
                let rows = try InventoryQueries.stock(input.filter, by: input.ordering, input.page, connection)
                return try Page(rows.map(StockBody.init), count: count, input.page, of: call)
            }
        }
    }

    private var detail: Endpoint {
        Endpoint(
            .get, "/api/inventory/stock/{product_id}/", "Shows a product's stock in every warehouse.",
            access: .staff(Self.permission)
        ) { (call: APIRequest, _: NoInput) -> ProductStockBody in
            let product = try call.id("product_id", as: ProductID.self)
            return try await database.read { connection in
                let rows = try InventoryQueries.stock(of: product, connection)
                if rows.isEmpty, try check(SellableID(product), connection) == .unknownProduct { throw NotFound() }
                return ProductStockBody(product, rows)
            }
        }
        .refusing(.notFound)
    }

    private var adjust: Endpoint {
        Endpoint(
            .post, "/api/inventory/stock/adjust/", "Corrects what is on hand in a warehouse.",
            access: .staff(Self.permission), status: .created, in: database
        ) { (call: APIRequest, input: AdjustInput, tx) -> StockChangeBody in
            let sellable = input.adjustment.sellable
            if let error = try check(sellable, tx).error(for: sellable) { throw error }
            let change = try stock.adjust(input.adjustment, by: call.caller().userID, in: tx)
            try RevisionQueries.move(in: tx)
            return StockChangeBody(movements: [MovementBody(change.movement)], stock: [StockBody(change.stock)])
        }
        .refusing(.conflict)
    }

    private var warehouses: Endpoint {
        Endpoint(.get, "/api/inventory/warehouses/", "Lists warehouses.", access: .staff(Self.permission)) {
            (call: APIRequest, input: WarehouseListInput) -> Page<WarehouseBody> in
            try await database.read { connection in
                let count = try InventoryQueries.countWarehouses(connection)
                try input.page.check(count)
                let rows = try InventoryQueries.warehouses(input.page, connection)
                return try Page(rows.map(WarehouseBody.init), count: count, input.page, of: call)
            }
        }
    }
}

/// Which stock rows to list.
struct StockListInput: Input {
    let filter: InventoryQueries.StockFilter
    let ordering: Ordering<InventoryQueries.StockOrder>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = InventoryQueries.StockFilter(
            product: fields.optionalID("product"), warehouse: fields.optionalID("warehouse"))
        ordering = fields.ordering(Ordering(.id))
        page = fields.page()
    }
}

/// Which warehouses to list.
struct WarehouseListInput: Input {
    let page: PageRequest

    init(_ fields: Fields) {
        page = fields.page()
    }
}

/// A correction of stock.
struct AdjustInput: Input {
    /// The types that staff may give a correction.
    enum Kind: String, CaseIterable, Sendable {
        case adjustment
        case purchase
        case `return`

        var movement: MovementType {
            switch self {
            case .adjustment: .adjustment
            case .purchase: .purchase
            case .return: .return
            }
        }
    }

    let adjustment: StockAdjustment

    init(_ fields: Fields) {
        adjustment = StockAdjustment(
            SellableID(fields.id("product_id"), fields.optionalID("variant_id")),
            quantity: fields.integer("quantity", in: -1_000_000_000...1_000_000_000),
            warehouse: fields.optionalID("warehouse_id"),
            type: fields.choice("movement_type", .optional(Kind.adjustment)).movement,
            notes: fields.string("notes", .optional(""), length: 0...500))
    }
}
