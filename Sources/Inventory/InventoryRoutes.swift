import Commerce
import HTTPTypes
import SQL
import Web

/// The endpoints of stock, its movements and alerts, and warehouses: for staff, and for vendors within their products.
public struct InventoryRoutes: Sendable {
    let database: any Database
    let stock: StockAdministration
    let owned: OwnedProducts

    /// Creates the endpoints. `check` tells what a product or variant id stands for, and `owned` which products a
    /// vendor sells. `buyable` holds for the stock that can be bought while its warehouse is active.
    public init(
        database: any Database, stock: StockService, check: @escaping SellableCheck, owned: @escaping OwnedProducts,
        buyable: StockScope
    ) {
        self.database = database
        self.stock = StockAdministration(stock: stock, check: check, buyable: buyable)
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
        let found = try await database.read { [filter] in try stock.rows(filter, by: input.ordering, input.page, $0) }
        return try Page(found, input.page, of: call, StockBody.init)
    }

    private func show(_ call: APIRequest, _: NoInput) async throws -> ProductStockBody {
        let product = try call.id("product_id", as: ProductID.self)
        let access = try StockAccess(call, owned)
        let found = try await database.read { try stock.rows(of: product, for: access, $0) }
        return try ProductStockBody(product, found.rows, buyable: found.buyable)
    }

    private func setLevels(_ call: APIRequest, _ input: LevelsInput, _ tx: Transaction) throws -> StockBody {
        let row = try stock.row(try call.id("stock_id"), for: try StockAccess(call, owned), tx)
        try call.recordBefore(StockBody(row))
        return StockBody(try stock.stock.setLevels(input.levels, of: row, in: tx))
    }
}

/// The query parameters of a list of stock rows.
struct StockListInput: Input {
    let filter: InventoryQueries.StockFilter
    let ordering: Ordering<InventoryQueries.StockSortKey>
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
