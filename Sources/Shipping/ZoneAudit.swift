import Commerce
import SQL

/// Finds zones of shipping methods that do less than they seem to.
public enum ZoneAudit {
    /// Returns a sentence for an operator about each state of a method that cannot be read.
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
