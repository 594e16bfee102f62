import Commerce
import HTTPTypes
import Primitives
import SQL
import Web

/// The endpoints of movements and alerts.
extension InventoryRoutes {
    var movementEndpoints: [Endpoint] {
        [
            Endpoint(
                .get, "/api/inventory/movements/", "Lists movements of stock.", access: StockAccess.access,
                use: listMovements
            ).refusing(.notFound),
            Endpoint(
                .get, "/api/inventory/alerts/", "Lists stock alerts.", access: StockAccess.access, use: listAlerts
            ).refusing(.notFound),
            Endpoint(
                .put, "/api/inventory/alerts/{id}/resolve/", "Resolves an alert by hand.", access: StockAccess.access,
                in: database, use: resolveAlert
            ).refusing(.notFound),
        ]
    }

    private func listMovements(_ call: APIRequest, _ input: MovementListInput) async throws -> Page<MovementBody> {
        var filter = input.filter
        filter.owned = try StockAccess(call, owned).owned
        let (found, labels) = try await database.read { [filter] in
            try stock.movements(filter, by: input.ordering, input.page, $0)
        }
        return try Page(found, input.page, of: call) { MovementBody($0, labels) }
    }

    private func listAlerts(_ call: APIRequest, _ input: AlertListInput) async throws -> Page<AlertBody> {
        var filter = input.filter
        filter.owned = try StockAccess(call, owned).owned
        let (found, labels) = try await database.read { [filter] in
            try stock.alerts(filter, by: input.ordering, input.page, $0)
        }
        return try Page(found, input.page, of: call) { AlertBody($0, labels) }
    }

    private func resolveAlert(_ call: APIRequest, _: NoInput, _ tx: Transaction) throws -> AlertBody {
        guard let id = Int64(try call.text("id")) else { throw NotFound() }
        let access = try StockAccess(call, owned)
        try call.recordBefore(stock.body(of: stock.alert(id, for: access, tx), tx))
        return try stock.body(of: stock.resolve(id, by: call.caller().userID, for: access, in: tx), tx)
    }
}

/// The query parameters of a list of movements.
struct MovementListInput: Input {
    let filter: MovementQueries.Filter
    let ordering: Ordering<MovementQueries.SortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = MovementQueries.Filter(
            product: fields.optionalID("product"), variant: fields.optionalID("variant"),
            warehouse: fields.optionalID("warehouse"), type: fields.optionalChoice("movement_type"),
            from: fields.optionalTimestamp("from"), until: fields.optionalTimestamp("until", .end),
            search: fields.optionalString("search"))
        ordering = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}

/// The query parameters of a list of alerts.
struct AlertListInput: Input {
    let filter: AlertQueries.Filter
    let ordering: Ordering<AlertQueries.SortKey>
    let page: PageRequest

    init(_ fields: Fields) {
        filter = AlertQueries.Filter(
            isResolved: fields.optionalBoolean("is_resolved"), type: fields.optionalChoice("alert_type"),
            product: fields.optionalID("product"), warehouse: fields.optionalID("warehouse"))
        ordering = fields.ordering(Ordering(.createdAt, descending: true))
        page = fields.page()
    }
}

/// An alert about a stock row.
struct AlertBody: ResponseBody {
    let id: Int64
    let stockID: StockID
    let productID: ProductID
    let variantID: VariantID?
    let productName: String
    /// The values of the variant's options; blank for a product without variants.
    let variantName: String
    let sku: String
    let warehouseID: WarehouseID
    let warehouseName: String
    let alertType: AlertType
    let thresholdQuantity: Int
    /// The quantity that the alert was opened for.
    let currentQuantity: Int
    let isResolved: Bool
    let createdAt: Timestamp
    let resolvedAt: Timestamp?
    /// The user who resolved it by hand; null where it resolved itself.
    let resolvedBy: UserID?

    init(_ alert: StockAlert, _ labels: StockLabels) {
        let name = labels.goods[alert.sellable]
        id = alert.id
        stockID = alert.stock
        productID = alert.sellable.product
        variantID = alert.sellable.variant
        productName = name?.product ?? ""
        variantName = name?.variant ?? ""
        sku = name?.sku ?? ""
        warehouseID = alert.warehouse
        warehouseName = labels.warehouses[alert.warehouse] ?? ""
        alertType = alert.type
        thresholdQuantity = alert.threshold
        currentQuantity = alert.current
        isResolved = alert.isResolved
        createdAt = alert.createdAt
        resolvedAt = alert.resolvedAt
        resolvedBy = alert.resolvedBy
    }
}
