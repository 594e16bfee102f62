import SQL

/// The statements of `payment_gateways`.
enum GatewayQueries {
    static func all(_ connection: Connection) throws -> [GatewayRow] {
        try connection.all("SELECT \(GatewayRow.columns) FROM payment_gateways")
    }

    static func find(_ code: GatewayCode, _ connection: Connection) throws -> GatewayRow? {
        try connection.first("SELECT \(GatewayRow.columns) FROM payment_gateways WHERE code = \(code)")
    }

    static func lock(_ code: GatewayCode, _ tx: Transaction) throws -> GatewayRow? {
        try tx.first("SELECT \(GatewayRow.columns) FROM payment_gateways WHERE code = \(code) \(tx.dialect.forUpdate)")
    }

    static func insert(_ row: GatewayRow, _ tx: Transaction) throws {
        try tx.execute("INSERT INTO payment_gateways \(insert: try row.values())")
    }

    static func update(_ row: GatewayRow, _ tx: Transaction) throws {
        try tx.execute("UPDATE payment_gateways SET \(set: try row.values()) WHERE code = \(row.code)")
    }

    /// Returns those of these keys that gateways show as their logos.
    static func referenced(among keys: [String], _ connection: Connection) throws -> [String] {
        guard !keys.isEmpty else { return [] }
        return try connection.column("SELECT logo FROM payment_gateways WHERE logo IN (\(list: keys))")
    }
}
