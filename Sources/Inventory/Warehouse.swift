import Commerce
import Primitives
import SQL

/// A place that stores goods and sends parcels.
struct Warehouse: Sendable {
    let id: WarehouseID
    var code: String
    var name: String
    /// The rank by which parcels leave: the warehouse with the smaller number first.
    var priority: Int
    var isDefault: Bool
    var addressLine1: String
    var addressLine2: String
    var city: String
    var state: String
    var postalCode: String
    var country: String
    var manager: UserID?
    var isActive: Bool
    let version: Int
    let createdAt: Timestamp
}

extension Warehouse: RowDecodable {
    static let columns: Query = """
        id, code, name, priority, is_default, address_line1, address_line2, city, state, postal_code, country,
        manager_id, is_active, version, created_at
        """

    init(row: inout RowReader) throws {
        id = try row()
        code = try row()
        name = try row()
        priority = try row()
        isDefault = try row()
        addressLine1 = try row()
        addressLine2 = try row()
        city = try row()
        state = try row()
        postalCode = try row()
        country = try row()
        manager = try row()
        isActive = try row()
        version = try row()
        createdAt = try row()
    }
}
