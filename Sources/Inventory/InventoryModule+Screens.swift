import AdminPages

extension InventoryModule {
    /// Stock, what is low, movements, alerts and warehouses in the admin.
    static let screens = [stock, lowStock, movements, alerts, warehouses]

    private static let stock = AdminScreen(
        "stock", in: .catalog, Phrase("Stock", "Bestand"), one: Phrase("stock", "Bestand"),
        list: "/api/inventory/stock/", item: "/api/inventory/stock/{product_id}/", key: "product_id",
        label: "product_name",
        columns: [
            product, sku, variant, .text("warehouse.name", warehouse),
            .number("quantity", Phrase("On hand", "Vorhanden"), sort: "quantity"),
            .number("reserved_quantity", Phrase("Reserved", "Reserviert")),
            .number("available_quantity", Phrase("Available", "Verfügbar")),
            .number("reorder_level", Phrase("Reorder at", "Nachbestellen ab")),
            .number("reorder_quantity", Phrase("Reorder quantity", "Bestellmenge")).hidden,
            .number("overstock_level", Phrase("Overstock above", "Überbestand über")).hidden,
            .moment("updated_at", Phrase("Changed", "Geändert"), sort: "updated_at"),
        ],
        filters: [
            productFilter, warehouseFilter,
            AdminFilter("has_level", Phrase("With a level to reorder at", "Mit Meldebestand"), .flag),
        ], search: search,
        sections: [rows, alertsOfProduct, movementsOfProduct],
        hint: Phrase(
            "Every product has a row here for each warehouse that holds it. Make a product, or receive goods.",
            "Jedes Produkt hat hier eine Zeile je Lager, in dem es liegt. Legen Sie ein Produkt an oder buchen Sie einen "
                + "Wareneingang.")
    ).with {
        $0.commands = [receive]
        $0.links = [
            AdminLink(
                Phrase("Stocktake", "Inventur"), "/admin/stocktake/",
                calling: AdminCall(.post, "/api/inventory/stock/adjust/"))
        ]
    }

    private static let lowStock = AdminScreen(
        "low-stock", in: .catalog, Phrase("Low stock", "Niedriger Bestand"), one: Phrase("stock", "Bestand"),
        list: "/api/inventory/reports/low-stock/", label: "product_name",
        columns: [
            .link("product_name", productTitle, to: "stock", key: "product_id"), sku, variant,
            .text("warehouse.name", warehouse),
            .number("available_quantity", Phrase("Available", "Verfügbar")),
            .number("reorder_level", Phrase("Reorder at", "Nachbestellen ab")),
            .number("suggested_quantity", Phrase("To order", "Zu bestellen")),
            .number("quantity", Phrase("On hand", "Vorhanden"), sort: "quantity").hidden,
            .number("reserved_quantity", Phrase("Reserved", "Reserviert")).hidden,
            .moment("updated_at", Phrase("Changed", "Geändert"), sort: "updated_at").hidden,
        ],
        filters: [warehouseFilter], search: search,
        hint: Phrase(
            "Nothing is at or below the level at which more is ordered. The levels are set on the page of a product’s stock.",
            "Nichts hat den Stand erreicht, ab dem nachbestellt wird. Die Stände setzen Sie auf der Seite zum Bestand eines "
                + "Produkts."))

    private static let movements = AdminScreen(
        "movements", in: .catalog, Phrase("Stock movements", "Lagerbewegungen"),
        one: Phrase("stock movement", "Lagerbewegung"), list: "/api/inventory/movements/", label: "product_name",
        columns: [
            .moment("created_at", Phrase("Time", "Zeit"), sort: "created_at"),
            .status("movement_type", Phrase("Kind", "Art")),
            .link("product_name", productTitle, to: "stock", key: "product_id"), sku, variant,
            .text("warehouse_name", warehouse), .number("quantity", quantity, sort: "quantity"),
            .text("reference", Phrase("Delivery", "Lieferung")),
            .link("order_number", Phrase("Order", "Bestellung"), to: "orders", key: "reference_id"),
            AdminColumn("notes", Phrase("Note", "Anmerkung"), .note),
            .link("created_by", Phrase("By the account", "Durch das Konto"), to: "customers", key: "created_by").hidden,
        ],
        filters: [
            AdminFilter(
                "movement_type", Phrase("Kind", "Art"),
                .choice(["purchase", "sale", "return", "adjustment", "transfer"])),
            productFilter, warehouseFilter, AdminFilter("from", Phrase("From", "Von"), .day),
            AdminFilter("until", Phrase("Until", "Bis"), .day),
        ], search: search,
        hint: Phrase(
            "What is received, sold, sent back, corrected or moved stands here. It begins with the first goods.",
            "Was eingeht, verkauft, zurückgesandt, korrigiert oder umgelagert wird, steht hier, ab der ersten Ware."))

    private static let alerts = AdminScreen(
        "stock-alerts", in: .catalog, Phrase("Stock alerts", "Bestandswarnungen"),
        one: Phrase("stock alert", "Bestandswarnung"), list: "/api/inventory/alerts/", label: "product_name",
        columns: [
            .status("alert_type", Phrase("Alert", "Warnung")),
            .link("product_name", productTitle, to: "stock", key: "product_id"), sku, variant,
            .text("warehouse_name", warehouse),
            .number("current_quantity", Phrase("Then there were", "Da waren es")),
            .number("threshold_quantity", Phrase("Level", "Schwelle")),
            .moment("created_at", Phrase("Since", "Seit"), sort: "created_at"),
            .flag("is_resolved", Phrase("Resolved", "Erledigt")),
            .moment("resolved_at", Phrase("Resolved at", "Erledigt am")).hidden,
        ],
        filters: [
            AdminFilter("is_resolved", Phrase("Resolved", "Erledigt"), .flag),
            AdminFilter("alert_type", Phrase("Alert", "Warnung"), .choice(["low_stock", "out_of_stock", "overstock"])),
            warehouseFilter,
        ],
        actions: [resolve("{id}").with { $0.isBulk = true }],
        hint: Phrase(
            "Alerts open and end by themselves as stock passes its levels.",
            "Warnungen entstehen und enden von selbst, wenn ein Bestand seine Schwellen erreicht."))

    private static let warehouses = AdminScreen(
        "warehouses", in: .catalog, Phrase("Warehouses", "Lager"), one: Phrase("warehouse", "Lager"),
        list: "/api/inventory/warehouses/",
        columns: [
            .text("name", Phrase("Name", "Name"), sort: "name"), .code("code", Phrase("Code", "Kürzel"), sort: "code"),
            .text("city", Phrase("City", "Ort")), .country("country", Phrase("Country", "Land")),
            .number("priority", Phrase("Priority", "Rang"), sort: "priority"),
            .flag("is_default", Phrase("Default", "Standard")), .flag("is_active", Phrase("Active", "Aktiv")),
        ],
        filters: [AdminFilter("is_active", Phrase("Active", "Aktiv"), .flag)], form: warehouseForm)
}

/// What several of these screens show.
extension InventoryModule {
    static let productTitle = Phrase("Product", "Produkt")
    static let warehouse = Phrase("Warehouse", "Lager")
    static let quantity = Phrase("Quantity", "Menge")
    static let search = Phrase("SKU or name", "Artikelnummer oder Name")
    static let product = AdminColumn.text("product_name", productTitle)
    static let sku = AdminColumn.code("sku", Phrase("SKU", "Artikelnummer"))
    static let variant = AdminColumn.text("variant_name", Phrase("Variant", "Variante"))
    static let productFilter = AdminFilter("product", productTitle, .named(screen: "products", value: "id"))
    static let warehouseFilter = AdminFilter(
        "warehouse", warehouse, .row(screen: "warehouses", value: "id"))
}
