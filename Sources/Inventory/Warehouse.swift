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

    /// Decodes the columns of `columns`, in their order.
    ///
    /// - Throws: `SQLError` of kind `.decoding`.
    init(row: Row) throws {
        id = try row[0]
        code = try row[1]
        name = try row[2]
        priority = try row[3]
        isDefault = try row[4]
        addressLine1 = try row[5]
        addressLine2 = try row[6]
        city = try row[7]
        state = try row[8]
        postalCode = try row[9]
        country = try row[10]
        manager = try row[11]
        isActive = try row[12]
        version = try row[13]
        createdAt = try row[14]
    }
}
