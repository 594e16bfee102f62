import Catalog
import Commerce
import Inventory
import Primitives
import SQL
import Web

/// The stock in the warehouses, by SKU and the warehouse's code; a row is a count.
struct StockSheet: Sheet {
    let kind = SheetKind.stock
    let columns = StockSheet.names
    /// The names of the columns.
    static let names = ["sku", "warehouse", "on_hand", "reorder_level", "reorder_quantity", "overstock_level"]
    let extraColumns: [String] = []
    let keyColumns = ["sku"]
    let numbers: Set<String> = ["on_hand", "reorder_level", "reorder_quantity", "overstock_level"]
    let flags: Set<String> = []

    let stock: StockService
    let check: SellableCheck
    let reader: InputReader
    private static let chunk = 500

    func key(of row: SheetRow) -> String { row["sku"]?.lowercased() ?? "" }

    func neededKeys(of _: SheetRow) -> [String] { [] }

    func apply(_ row: SheetRow, from origin: RowOrigin, in tx: Transaction) throws -> RowEffect {
        let input = try reader.read(StockRowInput.self, cells: row.cells, isPartial: false)
        guard let sellable = try CatalogRecordQueries.sellable(sku: input.sku, tx) else {
            throw ValidationError(
                "sku", "Nothing has this SKU. Make the product first, or write the SKU as the table of products has it."
            )
        }
        guard try check(sellable, tx) == .valid else {
            throw ValidationError("sku", "This product is sold by its variants: count those.")
        }
        let count = StockCount(
            sellable, in: try warehouse(input.warehouse, tx), onHand: input.onHand, reorderLevel: input.reorderLevel,
            reorderQuantity: input.reorderQuantity, overstockLevel: input.overstockLevel)
        switch try stock.apply(count, note: "Import \(origin.importID)", by: origin.user, in: tx) {
        case .made: return .created
        case .changed: return .updated
        case .none: return .unchanged
        }
    }

    private func warehouse(_ code: String?, _ tx: Transaction) throws -> WarehouseID {
        let found: WarehouseID?
        if let code {
            found = try stock.warehouse(code: code, tx)
        } else {
            found = try stock.defaultWarehouse(tx)
        }
        guard let found else {
            throw ValidationError(
                "warehouse", "There is no such warehouse. Write its code, or leave the cell blank for the default one.")
        }
        return found
    }

    func export(_ connection: Connection, line: ([CSVText.Cell]) throws -> Void) throws {
        var last = (key: "", warehouse: "")
        while true {
            let rows = try StockSheetQueries.lines(after: last, limit: Self.chunk, connection)
            // A thing holds every SKU that it ever had; it stands in the row of the one that it has now.
            for row in rows where row.key == row.sku.lowercased() {
                try line(
                    [.text(row.sku), .text(row.warehouse)]
                        + [row.onHand, row.reorderLevel, row.reorderQuantity, row.overstockLevel].map {
                            .plain(String($0))
                        })
            }
            guard let end = rows.last, rows.count == Self.chunk else { return }
            last = (end.key, end.warehouse)
        }
    }
}

/// The cells of a count; blank ones leave a value as it is.
struct StockRowInput: Input {
    let sku: String
    let warehouse: String?
    let onHand: Int?
    let reorderLevel: Int?
    let reorderQuantity: Int?
    let overstockLevel: Int?

    init(_ fields: Fields) {
        let range = 0...1_000_000_000
        sku = fields.string("sku", length: 1...100)
        warehouse = fields.optionalString("warehouse", length: 1...50)
        onHand = fields.optionalInteger("on_hand", in: range)
        reorderLevel = fields.optionalInteger("reorder_level", in: range)
        reorderQuantity = fields.optionalInteger("reorder_quantity", in: range)
        overstockLevel = fields.optionalInteger("overstock_level", in: range)
    }
}
