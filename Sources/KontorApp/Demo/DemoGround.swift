import LiveSettings
import Primitives
import SQL

/// What `serve --demo` finds where it is to make a demo shop.
public enum DemoGround: Sendable, Equatable {
    /// A shop without products and orders, which is filled.
    case empty
    /// A shop that an earlier start has filled.
    case demo
    /// A shop of its own, of which nothing is touched.
    case taken(products: Int, orders: Int)

    /// Looks at a database; one whose schema is not in place is empty.
    ///
    /// - Throws: `MigrationError`, `SQLError`.
    public static func look(at installation: Installation) async throws -> DemoGround {
        guard try await installation.migrator.pending().isEmpty else { return .empty }
        // `seed` makes the same products, for other people.
        let (product, customer) = (DemoProducts.firstSKU.lowercased(), DemoShop.Administrator().customer)
        return try await installation.database.read { connection in
            let isFilled =
                try !DemoQueries.skus(among: [product], connection).isEmpty
                && !DemoQueries.users(among: [customer], connection).isEmpty
            if isFilled { return .demo }
            let products = try DemoQueries.productCount(connection)
            let orders = try DemoQueries.orderCount(connection)
            return products + orders == 0 ? .empty : .taken(products: products, orders: orders)
        }
    }
}

extension Installation {
    /// Returns this installation with the gateway that needs no account, for a demo shop, where neither the environment nor
    /// staff have said otherwise.
    ///
    /// - Throws: `SettingsError` naming the first key that cannot be used.
    public func offeringSandbox() throws -> Installation {
        var copy = self
        copy.settings = try Settings(settings.source.environment, or: SettingsValues(["SANDBOX_GATEWAY": "on"]))
        (copy.settings.dataDirectory, copy.settings.storage) = (settings.dataDirectory, settings.storage)
        return copy
    }
}
