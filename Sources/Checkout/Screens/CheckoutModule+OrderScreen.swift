import AdminPages
import Orders

extension CheckoutModule {
    /// Orders in the admin.
    static let orderScreen = AdminScreen(
        "orders", in: .sales, Phrase("Orders", "Bestellungen"), one: Phrase("order", "Bestellung"),
        list: "/api/admin/orders/", item: "/api/admin/orders/{order}/", label: "order_number",
        columns: orderColumns, filters: orderFilters,
        search: Phrase("Order number, e-mail or SKU", "Bestellnummer, E-Mail oder SKU"), sections: orderSections,
        actions: orderActions,
        hint: Phrase(
            "Orders stand here as soon as somebody buys something.",
            "Bestellungen stehen hier, sobald jemand etwas kauft.")
    ).with {
        $0.files = orderFiles
        $0.exports = [
            AdminFile(
                "lines", Phrase("All orders with their lines", "Alle Bestellungen mit ihren Positionen"),
                "/api/admin/orders/export/?lines=1&bom=1")
        ]
        $0.bulkFiles = [
            AdminBulkFile(
                "slips", Phrase("Delivery slips and packing lists", "Liefer- und Packscheine"),
                "/api/admin/orders/slips/", parameter: "orders", limit: 100),
            AdminBulkFile(
                "invoices", Phrase("Invoices", "Rechnungen"), "/api/admin/orders/invoices/", parameter: "orders",
                limit: 100),
        ]
    }

    private static let orderColumns: [AdminColumn] = [
        .code("order_number", Phrase("Order", "Bestellung")),
        .moment("created_at", Phrase("Placed", "Bestellt"), sort: "created_at"),
        .link("shipping_address.full_name", Phrase("Recipient", "Empfänger"), to: "customers", key: "user_id"),
        .money("total", Phrase("Total", "Summe"), sort: "total"),
        .status("status", Phrase("Status", "Status")),
        .status("payment_status", Phrase("Payment", "Zahlung")),
        .link("email", Phrase("Customer", "Kunde"), to: "customers", key: "user_id").hidden,
        .status("payment_method", Phrase("Paid by", "Zahlungsart")).hidden,
        AdminColumn("items", Phrase("Items", "Artikel"), .list("product_name")).hidden,
        .text("shipping_address.city", Phrase("City", "Ort")).hidden,
        .country("shipping_address.country", Phrase("Country", "Land")).hidden,
        .text("shipping_method", Phrase("Shipping", "Versandart")).hidden,
        .code("tracking_number", Phrase("Tracking number", "Sendungsnummer")).hidden,
        .code("coupon", Phrase("Coupon", "Gutschein")).hidden,
        .moment("updated_at", Phrase("Changed", "Geändert"), sort: "updated_at").hidden,
        .number("id", Phrase("Number of the row", "Nummer der Zeile")).hidden,
    ]

    private static let orderFilters = [
        AdminFilter("status", Phrase("Status", "Status"), .choice(OrderStatus.allCases.map(\.rawValue))),
        AdminFilter("payment_status", Phrase("Payment", "Zahlung"), .choice(PaymentStatus.allCases.map(\.rawValue))),
        AdminFilter(
            "payment_method", Phrase("Paid by", "Zahlungsart"), .choice(PaymentMethod.allCases.map(\.rawValue))),
        AdminFilter("from", Phrase("Placed from", "Bestellt ab"), .day),
        AdminFilter("until", Phrase("Placed until", "Bestellt bis"), .day),
        AdminFilter("min_total", Phrase("Total from", "Summe ab"), .number),
        AdminFilter("max_total", Phrase("Total up to", "Summe bis"), .number),
        AdminFilter("vendor", Phrase("Vendor", "Händler"), .row(screen: "vendors", value: "id")),
        AdminFilter("user", Phrase("Customer", "Kunde"), .named(screen: "customers", value: "id")),
        AdminFilter("coupon", Phrase("Coupon", "Gutschein"), .text),
    ]

    private static let orderFiles = [
        AdminFile("invoice", Phrase("Invoice", "Rechnung"), "/api/orders/{id}/invoice/", where: isPaid),
        AdminFile(
            "pro-forma", Phrase("Pro forma invoice", "Proforma-Rechnung"), "/api/orders/{id}/invoice/",
            where: .not(isPaid)),
        AdminFile(
            "slips", Phrase("Delivery slips", "Lieferscheine"), "/api/admin/orders/slips/?orders={id}",
            where: .any([.holds("shipments"), .oneOf("allowed_statuses", ["shipped"])])),
    ]

    private static let isPaid = AdminCondition.oneOf(
        "payment_status", PaymentStatus.allCases.filter(\.isSettled).map(\.rawValue))
}
