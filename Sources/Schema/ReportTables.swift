import SQL

/// What reports look for rows by, and sum up without reading the rows themselves.
enum ReportTables {
    static let steps: [Migration.Step] = [
        .addIndex(Index("created_at", "status"), table: "carts"),
        .addIndex(Index("updated_at", "status"), table: "returns"),
        .addColumn(Column("units", .integer, .defaultInteger(0)), table: "orders"),
        .run(
            """
            UPDATE orders SET units = (SELECT COALESCE(SUM(i.quantity), 0) FROM order_items i
            WHERE i.order_id = orders.id)
            """),
        .addIndex(
            Index(
                "created_at", "status", "subtotal", "discount_amount", "tax", "shipping_cost", "total", "units",
                "coupon_code", name: "ix_orders_sales"), table: "orders"),
        .addIndex(
            Index(
                "order_id", "product_id", "vendor_id", "quantity", "subtotal", "discount", "tax",
                name: "ix_order_items_sales"), table: "order_items"),
    ]

    /// Orders by what lists of staff are sorted and counted by.
    static let listSteps: [Migration.Step] = [
        .addIndex(Index("total"), table: "orders"), .addIndex(Index("status", "total"), table: "orders"),
        .addIndex(Index("payment_method", "payment_status", "created_at"), table: "orders"),
    ]

    /// Orders of one way of paying, whatever became of the payment.
    static let methodSteps: [Migration.Step] = [
        .addIndex(Index("payment_method", "created_at"), table: "orders")
    ]
}
