import Commerce
import SQL

/// What zones of shipping methods do not do although they seem to.
public enum ZoneAudit {
    /// A finding about a method, in words for an operator.
    ///
    /// - Throws: `SQLError`.
    public static func findings(_ connection: Connection) throws -> [String] {
        try ShippingQueries.all(connection).flatMap { method in
            method.states.filter { (try? ZoneStates(method.countries).code($0)) == nil }.map {
                "shipping method \(method.code) names the state \"\($0)\", which cannot be read"
            }
        }
    }
}
