import Commerce
import HTTPTypes
import SQL
import Web

/// The endpoints that change stock by hand.
extension InventoryRoutes {
    var changeEndpoints: [Endpoint] {
        [
            Endpoint(
                .post, "/api/inventory/stock/adjust/", "Corrects what is on hand in a warehouse.",
                access: StockAccess.access, status: .created, in: database, use: adjust
            ).refusing(.notFound, .conflict),
            Endpoint(
                .post, "/api/inventory/stock/transfer/", "Moves goods from one warehouse to another.",
                access: .staff(StockAccess.permission), status: .created, in: database, use: transfer
            ).refusing(.conflict),
            Endpoint(
                .post, "/api/inventory/receipts/", "Books a delivery of several products in one go.",
                access: .staff(StockAccess.permission), status: .created, in: database, use: receive),
        ]
    }

    private func adjust(_ call: APIRequest, _ input: AdjustInput, _ tx: Transaction) throws -> StockChangeBody {
        let change = try stock.adjust(
            input.adjustment, by: call.caller().userID, for: StockAccess(call, owned), in: tx)
        return try body([change.movement], [change.stock], tx)
    }

    private func transfer(_ call: APIRequest, _ input: TransferInput, _ tx: Transaction) throws -> StockChangeBody {
        let change = try stock.transfer(
            input.transfer, by: call.caller().userID, for: StockAccess(call, owned), in: tx)
        return try body(change.movements, change.stock, tx)
    }

    private func body(
        _ movements: [RecordedMovement], _ rows: [StockRow], _ tx: Transaction
    ) throws -> StockChangeBody {
        let names = try stock.goods.names(Set(rows.map(\.sellable)).sorted(), tx)
        let places = Dictionary(rows.map { ($0.warehouse, $0.warehouseName) }) { first, _ in first }
        return StockChangeBody(movements, rows, StockLabels(goods: names, warehouses: places))
    }

    private func receive(_ call: APIRequest, _ input: ReceiptInput, _ tx: Transaction) throws -> ReceiptBody {
        let delivery = input.delivery
        try stock.receive(delivery, by: call.caller().userID, in: tx)
        return try ReceiptBody(
            reference: delivery.reference, lineCount: delivery.lines.count,
            quantity: delivery.lines.map(\.quantity).sum())
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
            reference: fields.optionalString("reference", length: 0...100).map { .purchaseOrder($0) },
            notes: fields.string("notes", .optional(""), length: 0...500))
    }
}

/// Goods to move between warehouses.
struct TransferInput: Input {
    let transfer: StockTransfer

    init(_ fields: Fields) {
        transfer = StockTransfer(
            sellable: SellableID(fields.id("product_id"), fields.optionalID("variant_id")),
            origin: fields.id("from_warehouse_id"), destination: fields.id("to_warehouse_id"),
            quantity: fields.integer("quantity", in: 1...1_000_000_000),
            notes: fields.string("notes", .optional(""), length: 0...500))
    }
}

/// The lines of a delivery that name the same number.
struct ReceiptInput: Input {
    /// A number of units of one product or variant.
    struct Line: Input {
        let line: Delivery.Line

        init(_ fields: Fields) {
            line = Delivery.Line(
                goods: NamedGoods(fields), quantity: fields.integer("quantity", in: 1...1_000_000_000))
        }
    }

    let delivery: Delivery

    init(_ fields: Fields) {
        delivery = Delivery(
            warehouse: fields.optionalID("warehouse_id"), reference: fields.string("reference", length: 1...100),
            notes: fields.string("notes", .optional(""), length: 0...500),
            lines: fields.list("lines", of: Line.self, limit: 200).map(\.line))
        if delivery.lines.isEmpty, !fields.hasFailed("lines") { fields.fail("lines", "This list may not be empty.") }
    }
}

extension NamedGoods {
    /// Reads `product_id` and `variant_id`, or `sku` in their place.
    init(_ fields: Fields) {
        let (product, variant) = (
            fields.optionalID("product_id", as: ProductID.self), fields.optionalID("variant_id", as: VariantID.self)
        )
        let sku = fields.optionalString("sku", length: 0...100)
        if let product {
            self = .id(SellableID(product, variant))
            return
        }
        self = .sku(sku ?? "")
        if sku == nil, !fields.hasFailed("product_id"), !fields.hasFailed("sku") {
            fields.fail("product_id", "This field is required.")
        }
    }
}

/// A delivery as it was booked; its movements are listed by its number.
struct ReceiptBody: ResponseBody {
    let reference: String
    let lineCount: Int
    let quantity: Int
}
