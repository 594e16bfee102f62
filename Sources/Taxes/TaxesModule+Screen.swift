import AdminPages

extension TaxesModule {
    /// Tax rates in the admin.
    static let screen = AdminScreen(
        "tax-rates", in: .settings, Phrase("Tax rates", "Steuersätze"), one: Phrase("tax rate", "Steuersatz"),
        list: "/api/admin/tax-rates/",
        columns: [
            .text("name", Phrase("Name", "Name"), sort: "name"),
            .country("country", Phrase("Country", "Land"), sort: "country"),
            .text("state", Phrase("State", "Region")),
            .rate("rate", Phrase("Rate", "Satz"), sort: "rate"),
            .text("tax_class", Phrase("Tax class", "Steuerklasse")),
            .moment("created_at", Phrase("Made", "Angelegt"), sort: "created_at").hidden,
        ],
        filters: [
            AdminFilter("country", Phrase("Country", "Land"), .country),
            AdminFilter("tax_class", Phrase("Tax class", "Steuerklasse"), .text),
        ],
        form: AdminForm([
            AdminField("name", Phrase("Name", "Name"), .text, isRequired: true),
            AdminField("country", Phrase("Country", "Land"), .country, isRequired: true),
            AdminField(
                "state", Phrase("State", "Region"), .text,
                help: Phrase("Blank for the whole country.", "Leer für das ganze Land.")),
            AdminField("rate", Phrase("Rate", "Satz"), .rate, isRequired: true),
            AdminField(
                "tax_class", Phrase("Tax class", "Steuerklasse"), .text,
                help: Phrase("“standard” unless goods name another.", "„standard“, sofern Waren keine andere nennen.")
            ).with {
                $0.standard = "standard"
                $0.blankIsNull = true
            },
        ]),
        hint: Phrase(
            "Without a rate nothing is taxed. Add the rates of the countries you sell to.",
            "Ohne Satz wird nichts besteuert. Legen Sie die Sätze der Länder an, in die Sie verkaufen."))
}
