import Commerce
import SQL

/// The statements on whether money is still to flow to vendors.
public enum VendorSettlementQueries {
    /// Returns those of `vendors` to whom the shop owes nothing, of whom no payout is under way, and none of whose lines
    /// waits to be delivered or canceled. Who owes the shop is paid nothing and is among them.
    ///
    /// - Throws: `SQLError`.
    @Sendable public static func settled(
        _ vendors: [VendorID], _ connection: Connection
    ) throws -> Set<VendorID> {
        guard !vendors.isEmpty else { return [] }
        let open = try connection.column(
            """
            SELECT vendor_id FROM vendor_accounts WHERE vendor_id IN (\(list: vendors)) AND balance > 0
            UNION SELECT vendor_id FROM vendor_payouts WHERE vendor_id IN (\(list: vendors))
            AND status IN ('pending', 'processing')
            UNION SELECT vendor_id FROM order_items WHERE vendor_id IN (\(list: vendors))
            AND status IN ('pending', 'processing', 'shipped')
            UNION SELECT i.vendor_id FROM order_items i JOIN orders o ON o.id = i.order_id
            WHERE i.vendor_id IN (\(list: vendors)) AND i.status = 'delivered'
            AND o.payment_status IN ('pending', 'authorized', 'failed')
            """, as: VendorID.self)
        return Set(vendors).subtracting(open)
    }
}
