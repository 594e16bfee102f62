import ArgumentParser
import KontorApp
import Merchandising
import Orders
import SQL
import Storefront

/// A table that the command line prints.
enum ExportTable: String, CaseIterable, ExpressibleByArgument {
    case categories
    case products
    case stock
    case orders
    case customers

    /// Passes every line of the table to `line`, the header first.
    ///
    /// - Throws: `SQLError`, whatever `line` throws.
    func export(from shop: Shop, _ connection: Connection, byLine: Bool, line: (String) throws -> Void) throws {
        switch self {
        case .categories: try shop.imports.export(.categories, connection, line: line)
        case .products: try shop.imports.export(.products, connection, line: line)
        case .stock: try shop.imports.export(.stock, connection, line: line)
        case .orders: try shop.orderTable.export(byLine: byLine, connection, line: line)
        case .customers: try shop.customerTable.export(connection, line: line)
        }
    }
}
