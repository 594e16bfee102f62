import Commerce
import Primitives
import SQL
import Web

/// Warehouses as staff edit them. Goods in an inactive one cannot be bought, and orders reserve nothing there.
struct WarehouseResource: AdminResource {
    let time: TimeSource
    let refreshPrices: PriceRefresh
    let notice: OfferNotice

    static var defaultOrdering: Ordering<WarehouseSortKey> { Ordering(.priority) }

    static func change(_ fields: Fields) -> Change<Warehouse> {
        var change = Change<Warehouse>()
        change.set(\.code, to: fields.sent("code") { $0.string($1, length: 1...50) })
        change.set(\.name, to: fields.sent("name") { $0.string($1, length: 1...200) })
        change.set(
            \.priority, to: fields.sent("priority") { $0.integer($1, .optional(0), in: 0...1_000_000) })
        change.set(
            \.isDefault, to: fields.ifSent("is_default") { $0.boolean($1, .optional(false)) })
        change.set(\.addressLine1, to: text("address_line1", 255, fields))
        change.set(\.addressLine2, to: text("address_line2", 255, fields))
        change.set(\.city, to: text("city", 100, fields))
        change.set(\.state, to: text("state", 100, fields))
        change.set(\.postalCode, to: text("postal_code", 20, fields))
        change.set(\.country, to: fields.sent("country") { $0.optionalCountry($1) ?? "" })
        change.set(\.manager, to: fields.sent("manager_id") { $0.optionalID($1) })
        change.set(\.isActive, to: fields.ifSent("is_active") { $0.boolean($1, .optional(true)) })
        return change
    }

    private static func text(_ name: String, _ length: Int, _ fields: Fields) -> String? {
        fields.sent(name) { $0.string($1, .optional(""), length: 0...length) }
    }

    static func filter(_ fields: Fields) -> WarehouseFilter {
        WarehouseFilter(isActive: fields.optionalBoolean("is_active"))
    }

    func rows(
        _ filter: WarehouseFilter, by order: Ordering<WarehouseSortKey>, _ page: PageRequest, _ connection: Connection
    ) throws -> [Warehouse] {
        try WarehouseQueries.list(filter, by: order, page, connection)
    }

    func insert(_ warehouse: Warehouse, in tx: Transaction) throws -> WarehouseID {
        guard warehouse.isActive || !warehouse.isDefault else { throw InventoryError.defaultWarehouse }
        let id = try checked(warehouse) { try WarehouseQueries.insert(warehouse, at: time.now, tx) }
        if warehouse.isDefault { try WarehouseQueries.setDefault(id, tx) }
        return id
    }

    func update(_ warehouse: Warehouse, in tx: Transaction) throws -> Bool {
        guard let before = try find(warehouse.id, tx) else { return false }
        guard warehouse.isDefault ? warehouse.isActive : !before.isDefault else {
            throw InventoryError.defaultWarehouse
        }
        guard try checked(warehouse, { try updateRow(warehouse, at: time.now, in: tx) }) else { return false }
        if warehouse.isDefault, !before.isDefault { try WarehouseQueries.setDefault(warehouse.id, tx) }
        if warehouse.isActive != before.isActive { try count(warehouse, tx) }
        return true
    }

    /// Puts the goods in a warehouse on sale, or takes them off it.
    private func count(_ warehouse: Warehouse, _ tx: Transaction) throws {
        try WarehouseQueries.lockTotals(of: warehouse.id, tx)
        let reserved = try WarehouseQueries.reserved(in: warehouse.id, tx)
        guard reserved == 0 else { throw InventoryError.warehouseHolds(reserved: reserved) }
        try WarehouseQueries.count(warehouse.id, isActive: warehouse.isActive, tx)
        try refreshPrices(WarehouseQueries.products(in: warehouse.id, isWithVariants: true, tx), tx)
        try notice(WarehouseQueries.products(in: warehouse.id, tx), tx)
        tx.catalogChanged()
    }

    func delete(_ warehouse: Warehouse, in tx: Transaction) throws {
        if warehouse.isDefault { throw InventoryError.defaultWarehouse }
        do {
            try deleteRow(warehouse.id, in: tx)
        } catch let error as SQLError where error.kind == .foreignKey {
            throw InventoryError.warehouseInUse
        }
    }

    func body(of warehouse: Warehouse) -> WarehouseBody { WarehouseBody(warehouse) }

    private func checked<Value>(_ warehouse: Warehouse, _ write: () throws -> Value) throws -> Value {
        do {
            return try unique("code", "warehouse", write)
        } catch let error as SQLError where error.kind == .foreignKey {
            throw ValidationError(
                "manager_id", "Invalid pk \"\(warehouse.manager?.description ?? "")\" - object does not exist.")
        }
    }
}

/// Which warehouses a list shows.
struct WarehouseFilter: RowFilter {
    let isActive: Bool?

    var condition: Query {
        guard let isActive else { return "1 = 1" }
        return "is_active = \(isActive)"
    }
}

/// The keys by which a list of warehouses can be ordered.
enum WarehouseSortKey: String, CaseIterable, SQLName {
    case priority
    case name
    case code

    var sqlName: StaticString {
        switch self {
        case .priority: "priority"
        case .name: "name"
        case .code: "code"
        }
    }
}
