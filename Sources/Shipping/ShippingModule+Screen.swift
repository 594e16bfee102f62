import AdminPages

/// Shipping methods in the admin.
extension ShippingModule {
    static let screen = AdminScreen(
        "shipping-methods", in: .settings, Phrase("Shipping methods", "Versandarten"),
        one: Phrase("shipping method", "Versandart"), list: "/api/admin/shipping-methods/", columns: columns,
        filters: [AdminFilter("is_active", Phrase("Active", "Aktiv"), .flag)], form: form,
        actions: AdminAction.activating("/api/admin/shipping-methods/{id}/"),
        hint: Phrase(
            "Without a method everything ships for free, everywhere. Add what a parcel costs, and where to.",
            "Ohne Versandart ist jeder Versand kostenlos, überallhin. Legen Sie an, was ein Paket wohin kostet."))

    private static let columns: [AdminColumn] = [
        .text("name", Phrase("Name", "Name"), sort: "name"), .code("code", Phrase("Code", "Code"), sort: "code"),
        .country("countries", Phrase("Countries", "Länder")),
        .money("price", Phrase("Price", "Preis"), sort: "price"),
        .money("price_per_kg", Phrase("Per kg", "Je kg")),
        .money("free_above", Phrase("Free from", "Kostenlos ab")),
        .number("max_weight", Phrase("At most kg", "Höchstens kg")),
        .flag("is_active", Phrase("Active", "Aktiv")),
        AdminColumn("states", Phrase("Regions", "Regionen"), .list("")).hidden,
        .text("tax_class", Phrase("Tax class", "Steuerklasse")).hidden,
        .moment("created_at", Phrase("Made", "Angelegt"), sort: "created_at").hidden,
    ]

    private static let form = AdminForm(groups: [
        AdminForm.Group(
            nil,
            [
                AdminField("name", Phrase("Name", "Name"), .text, isRequired: true),
                AdminField(
                    "code", Phrase("Code", "Code"), .text, isRequired: true,
                    help: Phrase(
                        "Letters, digits, _ and -: what orders name it by.",
                        "Buchstaben, Ziffern, _ und -: So nennen Bestellungen sie.")),
                AdminField("is_active", Phrase("Active", "Aktiv"), .flag).with { $0.standard = "true" },
            ]),
        AdminForm.Group(Phrase("Price", "Preis"), price), AdminForm.Group(Phrase("Where to", "Wohin"), zone),
    ])

    private static let price: [AdminField] = [
        AdminField("price", Phrase("Price", "Preis"), .money, isRequired: true),
        AdminField(
            "price_per_kg", Phrase("Per kilogram", "Je Kilogramm"), .money,
            help: Phrase("On top of the price.", "Zusätzlich zum Preis.")),
        AdminField(
            "free_above", Phrase("Free from", "Kostenlos ab"), .money,
            help: Phrase(
                "The value of the goods after discounts; blank: never.", "Warenwert nach Nachlässen; leer: nie.")),
        AdminField(
            "max_weight", Phrase("Heaviest parcel, in kg", "Schwerstes Paket in kg"), .decimal,
            help: Phrase("Blank: no limit.", "Leer: ohne Grenze.")),
        AdminField(
            "tax_class", Phrase("Tax class", "Steuerklasse"), .text,
            help: Phrase("“standard” unless it is another.", "„standard“, wenn es keine andere ist.")
        ).with {
            $0.standard = "standard"
            $0.blankIsNull = true
        },
    ]

    private static let zone: [AdminField] = [
        AdminField(
            "countries", Phrase("Countries", "Länder"), .countries,
            help: Phrase("The whole world where none is chosen.", "Die ganze Welt, wenn keines ausgewählt ist.")),
        AdminField(
            "states", Phrase("Regions", "Regionen"), .lines,
            help: Phrase(
                "One a line, by code or name; blank for all of them.",
                "Je Zeile eine, als Code oder Name; leer für alle.")),
    ]
}
