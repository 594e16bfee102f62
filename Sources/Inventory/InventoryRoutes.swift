import Commerce
import HTTPTypes
import SQL
import Web

/// The endpoints of stock, its movements and alerts, and warehouses: for staff, and for vendors within their products.
public struct InventoryRoutes: Sendable {
    let database: any Database
    let stock: StockService
    let check: SellableCheck
    let owned: OwnedProducts
    let isBuyable: Query
    let counts = KeptCounts()

    /// Creates the endpoints. `check` tells what a product or variant id stands for, and `owned` which products a
    /// vendor sells. `isBuyable` is a condition on a row `s` of `stock` that holds where its goods can be bought while
    /// its warehouse is active.
    public init(
        database: any Database, stock: StockService, check: @escaping SellableCheck, owned: @escaping OwnedProducts,
        isBuyable: Query
    ) {
        self.database = database
        self.stock = stock
        self.check = check
        self.owned = owned
        self.isBuyable = isBuyable
    }

    /// The endpoints under the tag `Inventory`.
    public var group: EndpointGroup {
        let warehouses = KeptRows(
            WarehouseKeeper(time: stock.time, refreshPrices: stock.refreshPrices), at: "/api/inventory/warehouses/",
            "warehouse", "warehouses",
            permission: StockAccess.permission, reading: StockAccess.access, in: database)
        return EndpointGroup(
            "Inventory", "Stock, its movements and alerts, and warehouses.",
            [list, detail, levels, lowStock, adjust, transfer, receive, movements, alerts, resolve]
                + warehouses.endpoints)
    }

    private var list: Endpoint {
        Endpoint(.get, "/api/inventory/stock/", "Lists stock rows.", access: StockAccess.access) {
            (call: APIRequest, input: StockListInput) -> Page<StockBody> in
            var filter = input.filter
            filter.owned = try StockAccess(call, owned).owned
            return try await page(filter, input, call)
        }
        .refusing(.notFound)
    }

    private var lowStock: Endpoint {
        Endpoint(
            .get, "/api/inventory/reports/low-stock/",
            "Lists stock rows at or below the level at which more is ordered, and how much to order.",
            access: StockAccess.access
        ) { (call: APIRequest, input: StockListInput) -> Page<StockBody> in
            var filter = input.filter
            filter.owned = try StockAccess(call, owned).owned
            filter.isLow = stock.isSold
            return try await page(filter, input, call)
        }
        .refusing(.notFound)
    }

    private func page(
        _ filter: InventoryQueries.StockFilter, _ input: StockListInput, _ call: APIRequest
    ) async throws -> Page<StockBody> {
        try await database.read { connection in
            let count = try InventoryQueries.count(filter, connection)
            return try Page(count: count, input.page, of: call) {
                try InventoryQueries.stock(filter, by: input.ordering, input.page, connection).map(StockBody.init)
            }
        }
    }

    private var detail: Endpoint {
        Endpoint(
            .get, "/api/inventory/stock/{product_id}/", "Shows a product's stock in every warehouse.",
            access: StockAccess.access
        ) { (call: APIRequest, _: NoInput) -> ProductStockBody in
            let product = try call.id("product_id", as: ProductID.self)
            let access = try StockAccess(call, owned)
            return try await database.read { connection in
                try access.check(product, connection)
                let rows = try InventoryQueries.stock(of: product, connection)
                if rows.isEmpty, try check(SellableID(product), connection) == .unknownProduct { throw NotFound() }
                let buyable = try InventoryQueries.buyable(of: product, isBuyable, connection)
                return try ProductStockBody(product, rows, buyable: buyable)
            }
        }
        .refusing(.notFound)
    }

    private var levels: Endpoint {
        Endpoint(
            .patch, "/api/inventory/levels/{stock_id}/", "Sets the levels at which a stock row gives an alert.",
            access: StockAccess.access, in: database
        ) { (call: APIRequest, input: LevelsInput, tx) -> StockBody in
            let id = try call.id("stock_id", as: StockID.self)
            guard let row = try InventoryQueries.stock(id, tx) else { throw NotFound() }
            try StockAccess(call, owned).check(row.sellable.product, tx)
            try call.noteBefore(StockBody(row))
            return StockBody(try stock.setLevels(input.levels, of: row, in: tx))
        }
        .refusing(.notFound)
    }
}

/// The query parameters of a list of stock rows.
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

/// The levels that a request sets on a stock row.
struct LevelsInput: Input {
    let levels: StockLevels

    init(_ fields: Fields) {
        let range = 0...1_000_000_000
        levels = StockLevels(
            reorderLevel: fields.optionalInteger("reorder_level", in: range),
            reorderQuantity: fields.optionalInteger("reorder_quantity", in: range),
            overstockLevel: fields.optionalInteger("overstock_level", in: range))
    }
}
