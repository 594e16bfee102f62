import Commerce
import Primitives
import SQL
import Web

/// The statements of `stock_movements`: rows are written and read, never changed.
enum MovementQueries {
    private static let rowsPerInsert = 500

    /// The conditions on the movements of a list; nil leaves one out.
    struct Filter: Sendable {
        var product: ProductID?
        var variant: VariantID?
        var warehouse: WarehouseID?
        var type: MovementType?
        /// From this moment on.
        var from: Timestamp?
        /// Before this moment.
        var until: Timestamp?
        /// The caller's products; nil for all products.
        var owned: ProductScope?
        /// The text of a search, and what it means once it was looked up.
        var search: String?
        var match: GoodsMatch?

        var condition: Query {
            var conditions: [Query] = ["1 = 1"]
            if let product { conditions.append("product_id = \(product)") }
            if let variant { conditions.append("variant_key = \(variant)") }
            if let warehouse { conditions.append("warehouse_id = \(warehouse)") }
            if let type { conditions.append("movement_type = \(type)") }
            if let from { conditions.append("created_at >= \(from)") }
            if let until { conditions.append("created_at < \(until)") }
            if let owned { conditions.append(owned.holds(product: "product_id")) }
            if let match { conditions.append(match.holds(product: "product_id", variant: "variant_key")) }
            return conditions.joined(by: " AND ")
        }

        /// Returns the index that has the movements of the list in the order of `key`; nil where something else finds
        /// fewer rows.
        func index(by key: SortKey) -> StaticString? {
            guard key == .createdAt, variant == nil, type == nil, owned == nil, match == nil else { return nil }
            return switch (product != nil, warehouse != nil) {
            case (false, false): "ix_stock_movements_created_at"
            case (true, false): "ix_stock_movements_product_id_created_at"
            case (false, true): "ix_stock_movements_warehouse_id_created_at"
            case (true, true): nil
            }
        }
    }

    enum SortKey: String, CaseIterable, SQLName {
        case createdAt = "created_at"
        case quantity

        var sqlName: StaticString {
            switch self {
            case .createdAt: "created_at"
            case .quantity: "quantity"
            }
        }
    }

    /// Returns a query that counts the movements of a list.
    static func counting(_ filter: Filter) -> Query {
        "SELECT COUNT(*) FROM stock_movements WHERE \(filter.condition)"
    }

    /// Returns a page of movements, with the numbers of their orders; what lies before the page is skipped by the index alone.
    static func list(
        _ filter: Filter, by order: Ordering<SortKey>, _ page: PageRequest, numbering: NameSubselect,
        _ connection: Connection
    ) throws -> [RecordedMovement] {
        let walk = connection.dialect.forceIndex(filter.index(by: order.key))
        return try connection.all(
            .page(
                of: "\(RecordedMovement.columns), \(numbering("stock_movements.reference_id"))",
                from: "stock_movements", through: walk, where: filter.condition,
                by: "\(order.key) \(order.direction), id \(order.direction)", page.limit)
        ) { row in
            var movement = try RecordedMovement(row: &row)
            movement.orderNumber = try row()
            return movement
        }
    }

    static func record(_ movements: [StockMovement], _ tx: Transaction) throws {
        for chunk in movements.chunked(by: rowsPerInsert) {
            let rows = chunk.map { movement -> [SQLValue] in
                .row(
                    movement.sellable.product, movement.sellable.variantKey,
                    movement.warehouse, movement.type, movement.quantity,
                    movement.reference?.type ?? "", movement.reference?.id ?? 0,
                    movement.reference?.text ?? "", movement.notes, movement.createdBy,
                    movement.createdAt
                )
            }
            try tx.execute(
                """
                INSERT INTO stock_movements (product_id, variant_key, warehouse_id, movement_type, quantity,
                reference_type, reference_id, reference, notes, created_by, created_at) VALUES \(rows: rows)
                """)
        }
    }

    /// Inserts one movement and returns it with its id.
    static func record(_ movement: StockMovement, _ tx: Transaction) throws -> RecordedMovement {
        let reference = movement.reference
        let id = try tx.insert(
            """
            INSERT INTO stock_movements (product_id, variant_key, warehouse_id, movement_type, quantity,
            reference_type, reference_id, reference, notes, created_by, created_at)
            VALUES (\(movement.sellable.product), \(movement.sellable.variantKey), \(movement.warehouse),
            \(movement.type), \(movement.quantity), \(reference?.type ?? ""), \(reference?.id ?? 0),
            \(reference?.text ?? ""), \(movement.notes), \(movement.createdBy), \(movement.createdAt))
            """)
        return RecordedMovement(id: id, movement: movement)
    }
}
