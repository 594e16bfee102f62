import SQL

/// The statements of `tax_rates`.
enum TaxQueries {
    /// Returns the rates of a country and of these states of it; of all states where `states` is nil.
    static func rules(
        of country: String, in states: [String]?, _ connection: Connection
    ) throws -> [TaxRule] {
        let condition: Query = states.map { "AND state IN (\(list: [""] + $0))" } ?? .empty
        return try connection.all(
            "SELECT \(TaxRule.columns) FROM tax_rates WHERE country = \(country) \(condition) ORDER BY id")
    }

    static func all(_ connection: Connection) throws -> [TaxRule] {
        try connection.all("SELECT \(TaxRule.columns) FROM tax_rates ORDER BY id")
    }

    /// Returns every class that a rate names, as it is stored.
    static func classes(_ connection: Connection) throws -> [String] {
        try connection.column("SELECT DISTINCT tax_class FROM tax_rates")
    }
}
