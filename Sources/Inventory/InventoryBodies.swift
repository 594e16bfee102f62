import Commerce
import Primitives
import Web

/// A warehouse as staff see it.
struct WarehouseBody: ResponseBody {
    let id: WarehouseID
    let code: String
    let name: String
    let priority: Int
    let isDefault: Bool
    let addressLine1: String
    let addressLine2: String
    let city: String
    let state: String
    let postalCode: String
    let country: String
    let managerID: UserID?
    let isActive: Bool
    let version: Int
    let createdAt: Timestamp

    init(_ warehouse: Warehouse) {
        id = warehouse.id
        code = warehouse.code
        name = warehouse.name
        priority = warehouse.priority
        isDefault = warehouse.isDefault
        addressLine1 = warehouse.addressLine1
        addressLine2 = warehouse.addressLine2
        city = warehouse.city
        state = warehouse.state
        postalCode = warehouse.postalCode
        country = warehouse.country
        managerID = warehouse.manager
        isActive = warehouse.isActive
        version = warehouse.version
        createdAt = warehouse.createdAt
    }
}

/// A stock row as staff see it.
struct StockBody: ResponseBody {
    struct Place: Codable, Sendable {
        let id: WarehouseID
        let code: String
        let name: String
    }

    let id: StockID
    let productID: ProductID
    let variantID: VariantID?
    let productName: String
    /// The values of the variant's options; blank for a product without variants.
    let variantName: String
    let sku: String
    let warehouse: Place
    let quantity: Int
    let reservedQuantity: Int
    let availableQuantity: Int
    let reorderLevel: Int
    let reorderQuantity: Int
    let overstockLevel: Int
    /// The number of units to order now; 0 where there is enough.
    let suggestedQuantity: Int
    let updatedAt: Timestamp

    init(_ row: StockRow, _ name: SellableName?) {
        id = row.id
        productID = row.sellable.product
        variantID = row.sellable.variant
        productName = name?.product ?? ""
        variantName = name?.variant ?? ""
        sku = name?.sku ?? ""
        warehouse = Place(id: row.warehouse, code: row.warehouseCode, name: row.warehouseName)
        quantity = row.onHand
        reservedQuantity = row.reserved
        availableQuantity = row.onHand - row.reserved
        reorderLevel = row.reorderLevel
        reorderQuantity = row.reorderQuantity
        overstockLevel = row.overstockLevel
        suggestedQuantity = row.suggestedQuantity
        updatedAt = row.updatedAt
    }
}

/// The stock of a product with all of its variants.
struct ProductStockBody: ResponseBody {
    let productID: ProductID
    let productName: String
    let quantity: Int
    let reservedQuantity: Int
    /// The units that can be bought: neither those in inactive warehouses nor those of deleted variants count.
    let availableQuantity: Int
    let stock: [StockBody]

    /// - Throws: `OutOfRange`.
    init(_ product: ProductID, _ found: StockAdministration.ProductStock) throws(OutOfRange) {
        let (rows, names) = (found.rows, found.names)
        productID = product
        productName = found.productName
        quantity = try rows.map(\.onHand).sum()
        reservedQuantity = try rows.map(\.reserved).sum()
        availableQuantity = try rows.filter { found.buyable.contains($0.id) }.map { $0.onHand - $0.reserved }.sum()
        stock = rows.map { StockBody($0, names[$0.sellable]) }
    }
}

/// What a SKU stands for, and how much of it lies in a warehouse.
struct FoundStockBody: ResponseBody {
    let productID: ProductID
    let variantID: VariantID?
    let productName: String
    /// The values of the variant's options; blank for a product without variants.
    let variantName: String
    let sku: String
    let warehouse: StockBody.Place
    /// The units on hand; 0 where the warehouse has never had any.
    let quantity: Int
    let reservedQuantity: Int
    let availableQuantity: Int

    init(_ id: SellableID, _ name: SellableName?, in place: WarehouseQueries.Named, _ row: StockRow?) {
        productID = id.product
        variantID = id.variant
        productName = name?.product ?? ""
        variantName = name?.variant ?? ""
        sku = name?.sku ?? ""
        warehouse = StockBody.Place(id: place.id, code: place.code, name: place.name)
        quantity = row?.onHand ?? 0
        reservedQuantity = row?.reserved ?? 0
        availableQuantity = quantity - reservedQuantity
    }
}

/// The result of a change of stock by hand.
struct StockChangeBody: ResponseBody {
    let movements: [MovementBody]
    let stock: [StockBody]

    init(_ movements: [RecordedMovement], _ rows: [StockRow], _ labels: StockLabels) {
        self.movements = movements.map { MovementBody($0, labels) }
        stock = rows.map { StockBody($0, labels.goods[$0.sellable]) }
    }
}

/// A movement of stock.
struct MovementBody: ResponseBody {
    let id: Int64
    let productID: ProductID
    let variantID: VariantID?
    let productName: String
    /// The values of the variant's options; blank for a product without variants.
    let variantName: String
    let sku: String
    let warehouseID: WarehouseID
    let warehouseName: String
    let movementType: MovementType
    let quantity: Int
    let referenceType: String?
    let referenceID: Int64?
    /// The number of the order, in a list; null elsewhere.
    let orderNumber: String?
    /// The number of a delivery.
    let reference: String?
    let notes: String
    let createdBy: UserID?
    let createdAt: Timestamp

    init(_ recorded: RecordedMovement, _ labels: StockLabels) {
        let movement = recorded.movement
        let name = labels.goods[movement.sellable]
        id = recorded.id
        productID = movement.sellable.product
        variantID = movement.sellable.variant
        productName = name?.product ?? ""
        variantName = name?.variant ?? ""
        sku = name?.sku ?? ""
        warehouseID = movement.warehouse
        warehouseName = labels.warehouses[movement.warehouse] ?? ""
        movementType = movement.type
        quantity = movement.quantity
        referenceType = movement.reference?.type
        referenceID = movement.reference.flatMap { $0.id == 0 ? nil : $0.id }
        orderNumber = recorded.orderNumber
        reference = movement.reference.flatMap { $0.text.isEmpty ? nil : $0.text }
        notes = movement.notes
        createdBy = movement.createdBy
        createdAt = movement.createdAt
    }
}
