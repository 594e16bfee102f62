import AdminPages

extension StorefrontModule {
    /// The sales report in the admin.
    static let salesReport = AdminReport(
        "sales", in: .sales, Phrase("Sales report", "Umsatzbericht"), path: "/api/admin/reports/sales/",
        groupedBy: "group_by",
        periods + things, drawing: "sums.total",
        filters: [
            AdminFilter("from", Phrase("From", "Von"), .day), AdminFilter("to", Phrase("Until", "Bis"), .day),
        ],
        facts: [
            .day("from", Phrase("From", "Von")), .day("to", Phrase("Until", "Bis")),
            .number("summary.orders", Phrase("Orders", "Bestellungen")),
            .number("summary.units", Phrase("Units", "Stück")),
            .money("summary.gross", Phrase("Goods", "Waren")),
            .money("summary.discount", Phrase("Discounts", "Nachlässe")),
            .money("summary.tax", Phrase("Tax", "Steuern")),
            .money("summary.shipping", Phrase("Shipping", "Versand")),
            .money("summary.total", Phrase("Total", "Gesamt")),
            .money("average_order_value", Phrase("Average order", "Durchschnittliche Bestellung")),
            .money("refunds", Phrase("Value of returns", "Wert der Rücksendungen")),
            .number("carts", Phrase("Carts begun", "Begonnene Warenkörbe")),
            .number("carts_ordered", Phrase("Carts ordered", "Bestellte Warenkörbe")),
            .rate("conversion", Phrase("Conversion", "Konversionsrate")),
        ])

    private static let periods: [AdminReport.Grouping] = [
        period("day", Phrase("Day", "Tag")), period("week", Phrase("Week from", "Woche ab")),
        period("month", Phrase("Month from", "Monat ab")),
    ]

    private static let things: [AdminReport.Grouping] = [
        AdminReport.Grouping("product", [named("products", Phrase("Product", "Produkt"))] + ofLines),
        AdminReport.Grouping("category", [named("categories", Phrase("Category", "Kategorie"))] + ofLines),
        AdminReport.Grouping("vendor", [named("vendors", Phrase("Vendor", "Händler"))] + ofLines),
        AdminReport.Grouping("coupon", [AdminColumn.code("key", Phrase("Coupon", "Gutschein"))] + ofOrders),
    ]

    private static func period(_ word: String, _ title: Phrase) -> AdminReport.Grouping {
        AdminReport.Grouping(word, isOverTime: true, [AdminColumn.day("key", title)] + ofOrders)
    }

    private static func named(_ screen: String, _ title: Phrase) -> AdminColumn {
        .link("name", title, to: screen, key: "key")
    }

    private static let ofOrders: [AdminColumn] = [
        .number("sums.orders", Phrase("Orders", "Bestellungen")), .number("sums.units", Phrase("Units", "Stück")),
        .money("sums.gross", Phrase("Goods", "Waren")), .money("sums.discount", Phrase("Discounts", "Nachlässe")),
        .money("sums.tax", Phrase("Tax", "Steuern")), .money("sums.shipping", Phrase("Shipping", "Versand")),
        .money("sums.total", Phrase("Total", "Gesamt")),
    ]

    private static let ofLines: [AdminColumn] = [
        .number("sums.units", Phrase("Units", "Stück")), .money("sums.gross", Phrase("Goods", "Waren")),
        .money("sums.discount", Phrase("Discounts", "Nachlässe")), .money("sums.tax", Phrase("Tax", "Steuern")),
        .money("sums.total", Phrase("Total", "Gesamt")),
    ]
}
