import AdminPages

/// Coupons in the admin.
extension CouponsModule {
    static let screen = AdminScreen(
        "coupons", in: .marketing, Phrase("Coupons", "Gutscheine"), one: Phrase("coupon", "Gutschein"),
        list: "/api/admin/coupons/", label: "code", columns: columns,
        filters: [
            AdminFilter("is_active", Phrase("Active", "Aktiv"), .flag),
            AdminFilter("discount_type", kind, .choice(kinds)),
        ],
        search: Phrase("Code, description", "Code, Beschreibung"), form: form, sections: usage,
        actions: AdminAction.activating("/api/admin/coupons/{id}/"),
        hint: Phrase(
            "A coupon takes something off an order, or frees it of shipping costs, for who enters its code.",
            "Ein Gutschein senkt eine Bestellung oder spart den Versand, wenn sein Code eingegeben wird."))

    private static let kind = Phrase("Discount", "Nachlass")
    private static let kinds = ["percentage", "fixed_amount", "free_shipping"]

    private static let columns: [AdminColumn] = [
        .code("code", Phrase("Code", "Code"), sort: "code"),
        .status("discount_type", kind), .number("discount_value", Phrase("Value", "Wert")),
        .flag("is_active", Phrase("Active", "Aktiv")),
        .number("used_count", Phrase("Used", "Eingelöst"), sort: "used_count"),
        .number("usage_limit", Phrase("Limit", "Grenze")),
        .moment("valid_from", Phrase("From", "Von")),
        .moment("valid_until", Phrase("Until", "Bis"), sort: "valid_until"),
        .moment("created_at", Phrase("Made", "Angelegt"), sort: "created_at").hidden,
        .text("description", Phrase("Description", "Beschreibung")).hidden,
        .flag("is_public", Phrase("Public", "Öffentlich")).hidden,
        .status("applicable_to", Phrase("Applies to", "Gilt für")).hidden,
        .money("minimum_order_amount", Phrase("Minimum order", "Mindestbestellwert")).hidden,
        .money("maximum_discount_amount", Phrase("At most", "Höchstens")).hidden,
    ]

    private static let form = AdminForm(groups: [
        AdminForm.Group(nil, discount), AdminForm.Group(Phrase("How often and when", "Wie oft und wann"), limits),
        AdminForm.Group(Phrase("For what and whom", "Wofür und für wen"), reach),
    ])

    private static let discount: [AdminField] = [
        AdminField(
            "code", Phrase("Code", "Code"), .text, isRequired: true,
            help: Phrase(
                "Letters, digits, _ and -, kept in capitals.", "Buchstaben, Ziffern, _ und -, in Großbuchstaben.")),
        AdminField("description", Phrase("Description", "Beschreibung"), .longText),
        AdminField("discount_type", kind, .choice(kinds), isRequired: true).with { $0.standard = "percentage" },
        AdminField(
            "discount_value", Phrase("Value", "Wert"), .decimal,
            help: Phrase(
                "Percent or an amount; blank where only shipping is free.",
                "Prozent oder ein Betrag; leer, wenn nur der Versand entfällt.")),
        AdminField("minimum_order_amount", Phrase("Minimum order", "Mindestbestellwert"), .money),
        AdminField(
            "maximum_discount_amount", Phrase("Takes off at most", "Höchstens abgezogen"), .money,
            help: Phrase("For percentages.", "Für Prozente.")),
        AdminField("is_active", Phrase("Active", "Aktiv"), .flag).with { $0.standard = "true" },
    ]

    private static let limits: [AdminField] = [
        AdminField(
            "usage_limit", Phrase("Uses in all", "Einlösungen insgesamt"), .integer,
            help: Phrase("Blank: no limit.", "Leer: ohne Grenze.")),
        AdminField("usage_limit_per_user", Phrase("Uses by one customer", "Einlösungen je Kunde"), .integer),
        AdminField("valid_from", Phrase("From", "Von"), .moment),
        AdminField("valid_until", Phrase("Until", "Bis"), .moment),
    ]

    private static let reach: [AdminField] = [
        AdminField(
            "applicable_to", Phrase("Applies to", "Gilt für"),
            .choice(["all", "specific_categories", "specific_products"]), isRequired: true
        ).with { $0.standard = "all" },
        AdminField(
            "categories", Phrase("Categories", "Kategorien"), .rows(screen: "categories", value: "id"),
            help: Phrase("With all that is below them.", "Mit allem, was darunter liegt.")),
        AdminField("products", Phrase("Products", "Produkte"), .rows(screen: "products", value: "id")),
        AdminField(
            "exclude_sale_items", Phrase("Not for what is reduced already", "Nicht für bereits Reduziertes"), .flag),
        AdminField(
            "is_public", Phrase("Shown to customers", "Kunden zeigen"), .flag,
            help: Phrase(
                "Otherwise only who knows the code can use it.", "Sonst löst ihn nur ein, wer den Code kennt.")),
        AdminField(
            "users", Phrase("Only for", "Nur für"), .rows(screen: "customers", value: "id"),
            help: Phrase("Everybody where none is chosen.", "Alle, wenn niemand ausgewählt ist.")),
    ]

    private static let usage: [AdminSection] = [
        AdminSection(
            Phrase("Usage", "Nutzung"),
            .relatedFacts(
                path: "/api/admin/coupons/{id}/usage/",
                [
                    .number("times_used", Phrase("Used", "Eingelöst")),
                    .number("remaining", Phrase("Left", "Übrig")),
                    .number("customers", Phrase("Customers", "Kunden")),
                    .money("total_discount", Phrase("Taken off in all", "Abgezogen insgesamt")),
                    .moment("first_used_at", Phrase("First used", "Zuerst eingelöst")),
                    .moment("last_used_at", Phrase("Last used", "Zuletzt eingelöst")),
                ])),
        AdminSection(
            Phrase("Uses", "Einlösungen"),
            .related(
                path: "/api/admin/coupons/{id}/usage/?page_size=20",
                [
                    .moment("used_at", Phrase("When", "Wann")),
                    .link("order_number", Phrase("Order", "Bestellung"), to: "orders", key: "order_id"),
                    .text("email", Phrase("E-mail", "E-Mail")),
                    .money("discount_amount", Phrase("Taken off", "Abgezogen")),
                    .moment("released_at", Phrase("Released by a cancellation", "Durch Stornierung freigegeben")),
                ])
        ).with { $0.hidesEmpty = true },
    ]
}
