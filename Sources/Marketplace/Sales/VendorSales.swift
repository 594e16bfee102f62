import Commerce
import Orders
import SQL

/// What vendors have sold and earned, for the rooms that show it beside something else.
public enum VendorSales {
    /// Returns what these vendors have sold, net of discounts and tax, in minor units; those who sold nothing are left
    /// out. What came back later is not taken off.
    ///
    /// - Throws: `SQLError`.
    @Sendable public static func totals(
        of vendors: [VendorID], _ connection: Connection
    ) throws -> [VendorID: Money] {
        try VendorSalesQueries.totals(of: vendors, connection)
    }

    /// Returns what a vendor gets of these orders by now, in minor units; orders of which nothing was sold yet are left
    /// out.
    ///
    /// - Throws: `OutOfRange`, `SQLError`.
    @Sendable public static func earnings(
        of orders: [OrderID], for vendor: VendorID, _ connection: Connection
    ) throws -> [OrderID: VendorEarnings] {
        try VendorAccountQueries.earnings(of: orders, for: vendor, connection).mapValues { sums in
            VendorEarnings(commission: try .zero - sums.commission, earnings: sums.whole)
        }
    }
}
