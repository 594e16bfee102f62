import AdminPages

/// The parts of a product's page beside its form.
enum ProductSections {
    static let sections = [facts, pictures, variants, stock, prices]

    private static let path = "/api/products/{id}/"

    private static let facts = AdminSection(
        Phrase("At a glance", "Auf einen Blick"),
        .facts([
            .money("price", Phrase("Price from", "Preis ab")),
            .money("price_max", Phrase("Price up to", "Preis bis")),
            .number("stock_quantity", Phrase("Available", "Verfügbar")),
            .status("approval_status", Phrase("Approval", "Freigabe")),
            .number("rating_average", Phrase("Rating", "Bewertung")),
            .number("rating_count", Phrase("Ratings", "Bewertungen")),
            .moment("created_at", Phrase("Created", "Angelegt")),
            .moment("updated_at", Phrase("Changed", "Geändert")),
        ]))

    private static let pictures = AdminSection(
        Phrase("Pictures", "Bilder"),
        .pictures(
            AdminPictures(
                "images",
                [
                    AdminField(
                        "alt_text", Phrase("Alternative text", "Alternativtext"), .text,
                        help: Phrase("What is to be seen, in a few words.", "Was zu sehen ist, in wenigen Worten.")),
                    AdminField(
                        "variant_id", Phrase("Shows the variant", "Zeigt die Variante"),
                        .element(list: "variants", value: "id", label: "sku")),
                ], add: AdminCall(.post, path + "images/"), change: AdminCall(.patch, path + "images/{row.id}/"),
                remove: AdminCall(.delete, path + "images/{row.id}/")))
    ).with { $0.standsBelow = true }

    private static let variants = AdminSection(
        Phrase("Variants", "Varianten"),
        .grid(
            AdminGrid(
                "variants", label: "sku",
                [
                    .shown(.picture("image", Phrase("Picture", "Bild"))),
                    .entered(AdminField("sku", Phrase("SKU", "Artikelnummer"), .text, isRequired: true)),
                    .pairs(AdminPairs("options", Phrase("Option", "Option"), name: "type", value: "value")),
                    .entered(
                        AdminField(
                            "price", Phrase("Price, or blank", "Preis oder leer"), .money, source: "own_price"
                        ).with { $0.fallback = "price" }),
                    .entered(
                        AdminField("stock_quantity", Phrase("Stock", "Bestand"), .integer).with { $0.use = .creating }),
                    .entered(AdminField("is_active", Phrase("Active", "Aktiv"), .flag).with { $0.standard = "true" }),
                ]
            ).with {
                $0.create = AdminCall(.post, path + "variants/")
                $0.update = AdminCall(.patch, path + "variants/{row.id}/")
                $0.delete = AdminCall(.delete, path + "variants/{row.id}/")
            })
    ).with { $0.standsBelow = true }

    /// What is entered is added to what is on hand, or taken from it: one correction for each row.
    private static let stock = AdminSection(
        Phrase("Stock by warehouse", "Bestand nach Lager"),
        .grid(
            AdminGrid("stock", label: "sku", stockColumns).with {
                $0.detail = "warehouse.name"
                $0.path = "/api/inventory/stock/?product={id}&page_size=100"
                $0.create = AdminCall(.post, adjustment)
                $0.inherited = ["product_id": "id"]
                $0.update = AdminCall(.post, adjustment)
                $0.sends = [
                    "product_id": "row.product_id", "variant_id": "row.variant_id", "warehouse_id": "row.warehouse.id",
                ]
                $0.beginsBlank = true
                $0.blankRows = 1
            })
    ).with {
        $0.standsBelow = true
        $0.listing = ("stock", "product={id}")
    }

    private static let adjustment = "/api/inventory/stock/adjust/"

    private static let stockColumns: [AdminGrid.Column] = [
        .entered(
            AdminField(
                "warehouse_id", Phrase("Warehouse", "Lager"), .row(screen: "warehouses", value: "id"),
                source: "warehouse.name"
            ).with { $0.use = .creating }),
        .entered(
            AdminField(
                "variant_id", Phrase("SKU", "Artikelnummer"), .element(list: "variants", value: "id", label: "sku"),
                source: "sku"
            ).with { $0.use = .creating }),
        .shown(.number("quantity", Phrase("On hand", "Vorhanden"))),
        .shown(.number("reserved_quantity", Phrase("Reserved", "Reserviert"))),
        .shown(.number("available_quantity", Phrase("Available", "Verfügbar"))),
        .shown(.number("reorder_level", Phrase("Reorder level", "Meldebestand"))),
        .entered(
            AdminField("quantity", Phrase("Change: 5 or -2", "Änderung: 5 oder -2"), .text, isRequired: true)),
        .entered(AdminField("notes", Phrase("Reason", "Grund"), .text).with { $0.omitsEmpty = true }),
    ]

    private static let prices = AdminSection(
        Phrase("Former prices", "Frühere Preise"),
        .related(
            path: path + "price-history/",
            [
                .moment("changed_at", Phrase("Changed", "Geändert")), variant,
                .money("old_price", Phrase("Old price", "Alter Preis")),
                .money("new_price", Phrase("New price", "Neuer Preis")),
                .money("old_compare_at_price", Phrase("Old former price", "Alter früherer Preis")),
                .money("new_compare_at_price", Phrase("New former price", "Neuer früherer Preis")),
                .link("changed_by", Phrase("By the account", "Durch das Konto"), to: "customers", key: "changed_by"),
            ])
    ).with {
        $0.standsBelow = true
        $0.hidesEmpty = true
    }

    private static let variant = AdminColumn(
        "variant_id", Phrase("Variant", "Variante"), .element(list: "variants", key: "id", label: "sku"))
}
