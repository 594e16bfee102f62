import Commerce
import HTTPTypes
import SQL
import Web

/// The endpoints of stock, its movements and alerts, and warehouses: for staff, and for vendors within their products.
public struct InventoryRoutes: Sendable {
    let database: any Database
    let stock: StockAdministration
    let owned: OwnedProducts

    /// Creates the endpoints. `check` tells what a product or variant id stands for, `goods` what goods are called, and
    /// `owned` which products a vendor sells. `buyable` holds for the stock that can be bought while its warehouse is
    /// active.
    public init(
        database: any Database, stock: StockService, check: @escaping SellableCheck, goods: GoodsReader,
        owned: @escaping OwnedProducts, buyable: StockScope
    ) {
        self.database = database
        self.stock = StockAdministration(stock: stock, check: check, goods: goods, buyable: buyable)
        self.owned = owned
    }

    /// The endpoints under the tag `Inventory`.
    public var group: EndpointGroup {
        let warehouses = ResourceEndpoints(
            WarehouseResource(
                time: stock.stock.time, refreshPrices: stock.stock.refreshPrices, notice: stock.stock.notice),
            at: "/api/inventory/warehouses/", "warehouse", "warehouses", permission: StockAccess.permission,
            reading: StockAccess.access, in: database)
        return EndpointGroup(
            "Inventory", "Stock, its movements and alerts, and warehouses.",
            stockEndpoints + changeEndpoints + movementEndpoints + warehouses.endpoints)
    }

    private var stockEndpoints: [Endpoint] {
        [
            Endpoint(.get, "/api/inventory/stock/", "Lists stock rows.", access: StockAccess.access, use: list)
                .refusing(.notFound),
            Endpoint(
                .get, "/api/inventory/stock/find/", "Shows what a SKU stands for and how much of it a warehouse holds.",
                access: StockAccess.access, use: find
            ).refusing(.notFound),
            Endpoint(
                .get, "/api/inventory/stock/{product_id}/", "Shows a product's stock in every warehouse.",
                access: StockAccess.access, use: show
            ).refusing(.notFound),
            Endpoint(
                .patch, "/api/inventory/levels/{stock_id}/", "Sets the levels at which a stock row gives an alert.",
                access: StockAccess.access, in: database, use: setLevels
            ).refusing(.notFound),
            Endpoint(
                .get, "/api/inventory/reports/low-stock/",
                "Lists stock rows at or below the level at which more is ordered, and how much to order.",
                access: StockAccess.access, use: listLow
            ).refusing(.notFound),
        ]
    }

    private func list(_ call: APIRequest, _ input: StockListInput) async throws -> Page<StockBody> {
        try await page(input.filter, input, call)
    }

    private func listLow(_ call: APIRequest, _ input: StockListInput) async throws -> Page<StockBody> {
        var filter = input.filter
        filter.isLow = stock.stock.sold
        return try await page(filter, input, call)
    }

    private func page(
        _ filter: InventoryQueries.StockFilter, _ input: StockListInput, _ call: APIRequest
    ) async throws -> Page<StockBody> {
        var filter = filter
        filter.owned = try StockAccess(call, owned).owned
        let (found, labels) = try await database.read { [filter] in
            try stock.rows(filter, by: input.ordering, input.page, $0)
        }
        return try Page(found, input.page, of: call) { StockBody($0, labels.goods[$0.sellable]) }
    }

    private func find(_ call: APIRequest, _ input: StockFindInput) async throws -> FoundStockBody {
        let access = try StockAccess(call, owned)
        return try await database.read { try stock.find(sku: input.sku, in: input.warehouse, for: access, $0) }
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> ProductStockBody {
        let product = try call.id("product_id", as: ProductID.self)
        let access = try StockAccess(call, owned)
        let found = try await database.read { try stock.rows(of: product, for: access, $0) }
        return try ProductStockBody(product, found)
    }

    private func setLevels(_ call: APIRequest, _ input: LevelsInput, _ tx: Transaction) throws -> StockBody {
        let row = try stock.row(try call.id("stock_id"), for: try StockAccess(call, owned), tx)
        let name = try stock.goods.names([row.sellable], tx)[row.sellable]
        try call.recordBefore(StockBody(row, name))
        return StockBody(try stock.stock.setLevels(input.levels, of: row, in: tx), name)
    }
}

/// The query parameters of a list of stock rows.
struct StockListInput: Input {
    let filter: InventoryQueries.StockFilter
    let ordering: Ordering<InventoryQueries.StockSortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = InventoryQueries.StockFilter(
            product: fields.optionalID("product"), warehouse: fields.optionalID("warehouse"),
            search: fields.optionalString("search"), hasLevel: fields.optionalBoolean("has_level"))
        ordering = fields.ordering(Ordering(.id))
        page = fields.page()
    }
}

/// What a scanner has read, and where.
struct StockFindInput: Input {
    let sku: String
    let warehouse: WarehouseID?

    init(_ fields: Fields) {
        sku = fields.string("sku", length: 1...100)
        warehouse = fields.optionalID("warehouse")
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
