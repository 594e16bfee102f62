import Commerce
import Primitives
import SQL
import Web

/// A place that stores goods and sends parcels.
struct Warehouse: Sendable {
    var id = WarehouseID(0)
    var code = ""
    var name = ""
    /// Parcels leave the warehouse with the smaller number first.
    var priority = 0
    var isDefault = false
    var addressLine1 = ""
    var addressLine2 = ""
    var city = ""
    var state = ""
    var postalCode = ""
    var country = ""
    var manager: UserID?
    var isActive = true
    var version = 1
    var createdAt = Timestamp(seconds: 0)
}

extension Warehouse: TableRow {
    static let table: StaticString = "warehouses"
    static let columns = Columns<Warehouse>(
        .key("id", \.id),
        .column("code", \.code),
        .column("name", \.name),
        .column("priority", \.priority),
        .key("is_default", \.isDefault),
        .column("address_line1", \.addressLine1),
        .column("address_line2", \.addressLine2),
        .column("city", \.city),
        .column("state", \.state),
        .column("postal_code", \.postalCode),
        .column("country", \.country),
        .column("manager_id", \.manager),
        .column("is_active", \.isActive),
        .key("version", \.version),
        .key("created_at", \.createdAt))
}
